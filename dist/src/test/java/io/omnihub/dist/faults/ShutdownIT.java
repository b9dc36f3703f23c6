package io.omnihub.dist.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.omnihub.dist.HubProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The hub is asked to end while people write: it finishes what is under way and leaves no doubt.
 */
final class ShutdownIT {
  private static final Duration DRAIN = Duration.ofSeconds(20);
  private static final Duration MARGIN = Duration.ofSeconds(5);

  @TempDir Path folder;

  @Test
  void sigtermUnderLoadLosesNothingAndLeavesNothingUncertain() {
    try (Storage storage = Storage.chosen(folder);
        Rig rig = new Rig(folder, storage)) {
      rig.peopleWrite(Duration.ofMillis(40));
      terminate(rig, 3);
      conclude(rig, "SIGTERM, quick peers", 3);
    }
  }

  @Test
  void sigtermWaitsForPeersOfHalfASecond() {
    try (Storage storage = Storage.chosen(folder);
        Rig rig = new Rig(folder, storage)) {
      rig.slowPeers();
      rig.peopleWrite(Duration.ofMillis(100));
      terminate(rig, 2);
      rig.peersBehave();
      conclude(rig, "SIGTERM, peers of 500 ms", 2);
    }
  }

  private static void terminate(Rig rig, int rounds) {
    for (int round = 0; round < rounds; round++) {
      HubProcess hub = rig.serve();
      LockSupport.parkNanos(Duration.ofMillis(300 + rig.random.nextInt(900)).toNanos());
      long start = System.nanoTime();
      assertThat(hub.terminate()).as("exit code, seed %d", rig.seed).isZero();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(DRAIN.plus(MARGIN));
    }
  }

  private static void conclude(Rig rig, String scenario, int rounds) {
    try (HubProcess hub = rig.serve()) {
      Verdict verdict = rig.conclude(scenario, hub, rounds, Set.of());
      assertThat(verdict.findings()).as("seed %d", rig.seed).isEmpty();
      assertThat(rig.scribe.contradictions()).as("seed %d", rig.seed).isEmpty();
      assertThat(verdict.uncertain()).as("uncertain, seed %d", rig.seed).isZero();
      assertThat(verdict.accepted()).isGreaterThan(rounds * 20);
    }
  }
}
