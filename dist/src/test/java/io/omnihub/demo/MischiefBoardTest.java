package io.omnihub.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.omnihub.testkit.simulator.Fault;
import io.omnihub.testkit.simulator.Mischief;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class MischiefBoardTest {
  private final Mischief answers = new Mischief(1);
  private final Mischief deliveries = new Mischief(2);
  private final Mischief mail = new Mischief(3);
  private final MischiefBoard board =
      new MischiefBoard(
          Map.of(
              "telegram", new MischiefBoard.Ways(answers, deliveries),
              "mail", new MischiefBoard.Ways(mail, mail)));

  @Test
  void theNextAnswerMeetsWhatWasAskedFor() {
    board.next("telegram", "cut-after");
    assertThat(deliveries.draw()).isEqualTo(Fault.NONE);
    assertThat(answers.draw()).isEqualTo(Fault.CUT_AFTER);
    assertThat(answers.draw()).isEqualTo(Fault.NONE);
  }

  @Test
  void repetitionsHappenOnTheWayToTheHub() {
    board.next("telegram", "duplicate");
    assertThat(answers.draw()).isEqualTo(Fault.NONE);
    assertThat(deliveries.draw()).isEqualTo(Fault.DUPLICATE);
  }

  @Test
  void ratesAreShownUntilTheyAreStopped() {
    board.rate("mail", "server-error", 0.2);
    assertThat(board.rates()).containsEntry("mail", Map.of("server-error", 0.2));
    board.stop("mail");
    assertThat(board.rates()).containsEntry("mail", Map.of());
  }

  @Test
  void whatASimulatorCannotDoIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> board.next("mail", "reorder"));
    assertThatIllegalArgumentException().isThrownBy(() -> board.next("fax", "delay"));
    assertThatIllegalArgumentException().isThrownBy(() -> board.next("mail", "explode"));
    assertThatIllegalArgumentException().isThrownBy(() -> board.rate("mail", "delay", 2));
  }
}
