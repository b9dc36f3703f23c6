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
 * The hub is killed again and again at random moments while people write. {@code -Dcrash.rounds} is
 * how often in all.
 */
final class KillIT {
  private static final int ROUNDS = Math.max(1, Integer.getInteger("crash.rounds", 20) / 2);

  @TempDir Path folder;

  @Test
  void R01_whatIsAcknowledgedSurvivesSigkill() {
    try (Storage storage = Storage.chosen(folder);
        Rig rig = new Rig(folder, storage)) {
      rig.peopleWrite(Duration.ofMillis(40));
      killAgainAndAgain(rig, 800);
      conclude(rig, "kill, quick peers");
    }
  }

  /** Turns and sends are under way whenever the hub dies. */
  @Test
  void R01_R12_whatIsUnderWayAtSigkillIsNeitherLostNorDoubled() {
    try (Storage storage = Storage.chosen(folder);
        Rig rig = new Rig(folder, storage)) {
      rig.slowPeers();
      rig.peopleWrite(Duration.ofMillis(100));
      killAgainAndAgain(rig, 1500);
      rig.peersBehave();
      conclude(rig, "kill, peers of 500 ms");
    }
  }

  /** One in five dies while it starts. */
  private static void killAgainAndAgain(Rig rig, int longestLife) {
    for (int round = 0; round < ROUNDS; round++) {
      if (rig.random.nextInt(5) == 0) {
        rig.serveAndKill(Duration.ofSeconds(2));
      } else {
        HubProcess hub = rig.serve();
        LockSupport.parkNanos(Duration.ofMillis(rig.random.nextInt(longestLife)).toNanos());
        hub.kill();
      }
    }
  }

  private static void conclude(Rig rig, String scenario) {
    try (HubProcess hub = rig.serve()) {
      Verdict verdict = rig.conclude(scenario, hub, ROUNDS, Set.of());
      assertThat(verdict.findings()).as("seed %d", rig.seed).isEmpty();
      assertThat(rig.scribe.contradictions()).as("seed %d", rig.seed).isEmpty();
      assertThat(new Ledger(hub).deadLetters()).isEmpty();
      assertThat(verdict.accepted()).as("enough load to mean something").isGreaterThan(ROUNDS * 5);
    }
  }
}
