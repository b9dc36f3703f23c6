package io.omnihub.dist.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.omnihub.dist.HubProcess;
import io.omnihub.testkit.Await;
import io.omnihub.testkit.partner.WebhookSeal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The disk is full for a while: the hub takes nothing that it cannot keep, and goes on by itself.
 */
final class DiskFullIT {
  @TempDir Path folder;

  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeEach
  void onlyOnFiles() {
    assumeTrue(System.getProperty("faults.store", "sqlite").equals("sqlite"));
  }

  @Test
  void R01_aFullFileSystemLosesNothing() {
    try (SmallDisk disk = SmallDisk.mounted(folder)) {
      fillAndFree(disk, "disk full");
    }
  }

  @Test
  void R01_filesThatMayNotGrowLoseNothing() {
    try (SmallDisk disk = SmallDisk.limited(folder)) {
      fillAndFree(disk, "file size limit");
    }
  }

  private void fillAndFree(SmallDisk disk, String scenario) {
    try (Storage storage = Storage.sqlite(disk.data());
        Rig rig = new Rig(folder, storage);
        HubProcess hub = rig.serve()) {
      assertThat(status(rig)).isEqualTo(202);
      rig.peopleWrite(Duration.ofMillis(60));
      LockSupport.parkNanos(Duration.ofMillis(500 + rig.random.nextInt(500)).toNanos());
      disk.fill(hub);
      Await.until("the hub to refuse what it cannot keep", () -> status(rig) == 503);
      LockSupport.parkNanos(Duration.ofMillis(500 + rig.random.nextInt(500)).toNanos());
      assertThat(status(rig)).as("while the disk is full, seed %d", rig.seed).isEqualTo(503);
      disk.free(hub);
      Await.until("the hub to take messages again", () -> status(rig) == 202);
      LockSupport.parkNanos(Duration.ofMillis(500).toNanos());

      Verdict verdict = rig.conclude(scenario, hub, 1, Set.of());
      assertThat(verdict.findings()).as("seed %d", rig.seed).isEmpty();
      assertThat(rig.scribe.contradictions()).as("seed %d", rig.seed).isEmpty();
      assertThat(new Ledger(hub).deadLetters()).isEmpty();
      assertThat(verdict.accepted()).isGreaterThan(10);
    }
  }

  /** How the hub answers somebody who is not of the history. */
  private int status(Rig rig) {
    String id = "probe-" + System.nanoTime();
    byte[] body =
        """
        {"id":"%s","type":"message","from":{"id":"prober"},"parts":[{"type":"text","text":"probe v0"}]}
        """
            .formatted(id)
            .getBytes(StandardCharsets.UTF_8);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(rig.hubUrl().resolve("/hooks/partner"))
            .timeout(Duration.ofSeconds(10))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    new WebhookSeal(Rig.SECRET).headers(id, Instant.now(), body).forEach(request::header);
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
