package io.omnihub.dist.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.omnihub.dist.faults.Finding.Kind;
import io.omnihub.dist.faults.Said.Ack;
import io.omnihub.dist.faults.Stored.Answer;
import io.omnihub.dist.faults.Stored.Question;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The judge himself, on histories that are small enough to be judged by eye. */
final class ModelTest {
  private static final Person ANN = new Person("telegram:1");
  private static final Person BOB = new Person("telegram:2");

  private static Said says(String word) {
    return new Said(ANN, word, 0, Ack.TAKEN);
  }

  private static Question shows(String word) {
    return new Question(ANN, word, 0);
  }

  private static Answer sent(String... words) {
    return new Answer(ANN, List.of(words), "sent");
  }

  private static Answer answer(String status, String... words) {
    return new Answer(ANN, List.of(words), status);
  }

  private static Taken gets(String... words) {
    return new Taken(ANN, "", List.of(words));
  }

  private static Verdict judge(List<Said> said, List<Stored> stored, List<Taken> taken) {
    return Model.judge(new History(said, stored, taken), Set.of());
  }

  private static void condemns(Verdict verdict, Kind kind, String word) {
    assertThat(verdict.findings()).containsExactly(new Finding(kind, ANN, word));
  }

  @Test
  void aPerfectHistoryIsClean() {
    Verdict verdict =
        judge(
            List.of(says("a"), says("b"), says("c")),
            List.of(shows("a"), shows("b"), sent("a", "b"), shows("c"), sent("c")),
            List.of(gets("a", "b"), gets("c")));
    assertThat(verdict).isEqualTo(new Verdict(List.of(), 3, 3, 0));
  }

  @Test
  void personsDoNotDisturbEachOther() {
    Verdict verdict =
        judge(
            List.of(says("a"), new Said(BOB, "b", 0, Ack.TAKEN)),
            List.of(
                new Question(BOB, "b", 0),
                shows("a"),
                sent("a"),
                new Answer(BOB, List.of("b"), "sent")),
            List.of(new Taken(BOB, "", List.of("b")), gets("a")));
    assertThat(verdict.clean()).isTrue();
  }

  @Test
  void whatWasAcknowledgedAndIsGoneIsLost() {
    condemns(
        judge(List.of(says("a"), says("b")), List.of(shows("b"), sent("b")), List.of(gets("b"))),
        Kind.LOST,
        "a");
  }

  @Test
  void whatStandsTwiceIsCondemned() {
    condemns(
        judge(List.of(says("a")), List.of(shows("a"), shows("a"), sent("a")), List.of(gets("a"))),
        Kind.STORED_TWICE,
        "a");
  }

  @Test
  void anOlderOneBehindANewerOneWasOvertaken() {
    condemns(
        judge(
            List.of(says("a"), says("b")),
            List.of(shows("b"), shows("a"), sent("a", "b")),
            List.of(gets("a", "b"))),
        Kind.OVERTAKEN,
        "a");
  }

  @Test
  void answersComeInTheOrderOfTheQuestions() {
    condemns(
        judge(
            List.of(says("a"), says("b")),
            List.of(shows("a"), shows("b"), sent("a"), sent("b")),
            List.of(gets("b"), gets("a"))),
        Kind.ANSWER_OVERTAKEN,
        "a");
  }

  @Test
  void twoAnswersAreOneTooMany() {
    condemns(
        judge(
            List.of(says("a")),
            List.of(shows("a"), sent("a"), answer("uncertain", "a")),
            List.of(gets("a"))),
        Kind.ANSWERED_TWICE,
        "a");
  }

  @Test
  void oneAnswerThatArrivesTwiceIsCondemned() {
    condemns(
        judge(List.of(says("a")), List.of(shows("a"), sent("a")), List.of(gets("a"), gets("a"))),
        Kind.SENT_TWICE,
        "a");
  }

  @Test
  void aProviderTakesEachKeyOnce() {
    Verdict verdict =
        judge(
            List.of(says("a"), says("b")),
            List.of(shows("a"), shows("b"), sent("a", "b")),
            List.of(new Taken(ANN, "1/0", List.of("a")), new Taken(ANN, "1/0", List.of("b"))));
    condemns(verdict, Kind.SENT_TWICE, "b");
  }

  @Test
  void aMessageWithoutAnAnswerIsCondemnedUnlessItNeedsNone() {
    History history = new History(List.of(says("a")), List.of(shows("a")), List.of());
    condemns(Model.judge(history, Set.of()), Kind.UNANSWERED, "a");
    assertThat(Model.judge(history, Set.of("a")).clean()).isTrue();
  }

  @Test
  void anAnswerThatStillWaitsIsNotFinished() {
    condemns(
        judge(List.of(says("a")), List.of(shows("a"), answer("queued", "a")), List.of()),
        Kind.UNFINISHED,
        "a");
  }

  @Test
  void anUncertainAnswerMayHaveArrivedOrNot() {
    List<Stored> stored = List.of(shows("a"), answer("uncertain", "a"));
    assertThat(judge(List.of(says("a")), stored, List.of()))
        .isEqualTo(new Verdict(List.of(), 1, 0, 1));
    assertThat(judge(List.of(says("a")), stored, List.of(gets("a"))))
        .isEqualTo(new Verdict(List.of(), 1, 1, 1));
  }

  @Test
  void anAnswerThatIsSaidToBeSentWasSent() {
    condemns(
        judge(List.of(says("a")), List.of(shows("a"), sent("a")), List.of()),
        Kind.ANSWER_LOST,
        "a");
  }

  @Test
  void anAnswerThatIsSaidToHaveFailedWasNotSent() {
    condemns(
        judge(List.of(says("a")), List.of(shows("a"), answer("failed", "a")), List.of(gets("a"))),
        Kind.SENT_ALTHOUGH_FAILED,
        "a");
  }

  @Test
  void whatNobodySaidIsInvented() {
    condemns(
        judge(List.of(), List.of(shows("a"), sent("a")), List.of(gets("a"))), Kind.INVENTED, "a");
  }

  @Test
  void whatWasSentWithoutATraceIsInvented() {
    Verdict verdict = judge(List.of(says("a")), List.of(shows("a")), List.of(gets("a")));
    assertThat(verdict.findings())
        .extracting(Finding::kind)
        .containsExactly(Kind.UNANSWERED, Kind.INVENTED);
  }

  @Test
  void whatWasRefusedStandsNowhere() {
    Said refused = new Said(ANN, "a", 0, Ack.REFUSED);
    assertThat(judge(List.of(refused), List.of(), List.of()).clean()).isTrue();
    condemns(
        judge(List.of(refused), List.of(shows("a"), sent("a")), List.of(gets("a"))),
        Kind.INVENTED,
        "a");
  }

  @Test
  void whatTheHubSaidNothingAboutMayStandOrNot() {
    Said unknown = new Said(ANN, "a", 0, Ack.UNKNOWN);
    assertThat(judge(List.of(unknown), List.of(), List.of()).clean()).isTrue();
    assertThat(judge(List.of(unknown), List.of(shows("a"), sent("a")), List.of(gets("a"))).clean())
        .isTrue();
  }

  @Test
  void theLastAcknowledgedEditIsShown() {
    Said edited = new Said(ANN, "a", 1, Ack.TAKEN);
    Said perhaps = new Said(ANN, "a", 2, Ack.UNKNOWN);
    List<Said> said = List.of(says("a"), edited, perhaps);
    for (int version = 0; version <= 3; version++) {
      List<Stored> stored = List.of(new Question(ANN, "a", version), sent("a"));
      Verdict verdict = judge(said, stored, List.of(gets("a")));
      assertThat(verdict.clean()).as("version " + version).isEqualTo(version == 1 || version == 2);
    }
  }
}
