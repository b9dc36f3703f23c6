package io.omnihub.dist.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.omnihub.dist.HubProcess;
import io.omnihub.testkit.simulator.Fault;
import io.omnihub.testkit.simulator.Mischief;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Providers that do to the hub's messages whatever a provider can do. */
final class ProviderFaultsIT {
  @TempDir Path folder;

  /** Cut before and after, 429, 500, late, never, and for a while nobody there. */
  @Test
  void R12_R13_whatAProviderDoesNeitherLosesNorDoublesAnAnswer() {
    try (Storage storage = Storage.chosen(folder);
        Rig rig = new Rig(folder, storage, "patience: 10m", "timeout: 1s");
        HubProcess hub = rig.serve()) {
      for (Mischief mischief :
          List.of(
              rig.partner.callbackMischief(),
              rig.shop.callbackMischief(),
              rig.telegram.apiMischief())) {
        for (Fault fault :
            List.of(
                Fault.CUT_BEFORE,
                Fault.CUT_AFTER,
                Fault.THROTTLE,
                Fault.SERVER_ERROR,
                Fault.DELAY)) {
          mischief.rate(fault, 0.08);
        }
      }
      // Telegram's own patience with a call is half a minute: too long for each build.
      rig.partner.callbackMischief().rate(Fault.HANG, 0.08);
      rig.peopleWrite(Duration.ofMillis(150));
      pass(1500);
      rig.partner.away();
      rig.telegram.away();
      pass(1500);
      rig.partner.back();
      rig.telegram.back();
      pass(1500);
      rig.peersBehave();

      Verdict verdict = rig.conclude("providers", hub, 1, Set.of());
      assertThat(verdict.findings()).as("seed %d", rig.seed).isEmpty();
      assertThat(rig.scribe.contradictions()).as("seed %d", rig.seed).isEmpty();
      assertThat(rig.partner.repeats()).as("what the partner got again").isPositive();
      assertThat(new Ledger(hub).get("/messages?status=uncertain&account=partner"))
          .as("a partner recognises a repetition, so nothing stays uncertain, seed %d", rig.seed)
          .isEmpty();
    }
  }

  private static void pass(long millis) {
    LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
  }
}
