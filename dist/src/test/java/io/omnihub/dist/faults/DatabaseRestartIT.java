package io.omnihub.dist.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.omnihub.dist.HubProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL goes away under load and comes back. Skipped while the hub knows no PostgreSQL. */
final class DatabaseRestartIT {
  private static final int ROUNDS = 2;

  @TempDir Path folder;

  @Test
  void R01_aDatabaseThatIsAwayForAWhileLosesNothing() {
    try (PostgresStorage storage = PostgresStorage.start(folder);
        Rig rig = new Rig(folder, storage);
        HubProcess hub = rig.serve()) {
      rig.peopleWrite(Duration.ofMillis(60));
      for (int round = 0; round < ROUNDS; round++) {
        LockSupport.parkNanos(Duration.ofMillis(500 + rig.random.nextInt(500)).toNanos());
        storage.end();
        LockSupport.parkNanos(Duration.ofMillis(rig.random.nextInt(1500)).toNanos());
        storage.begin();
      }
      LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
      Verdict verdict = rig.conclude("PostgreSQL restarts", hub, ROUNDS, Set.of());
      assertThat(verdict.findings()).as("seed %d", rig.seed).isEmpty();
      assertThat(rig.scribe.contradictions()).as("seed %d", rig.seed).isEmpty();
      assertThat(new Ledger(hub).deadLetters()).isEmpty();
      assertThat(verdict.accepted()).isGreaterThan(10);
    }
  }
}
