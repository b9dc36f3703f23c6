package io.omnihub.backend.faq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.omnihub.api.config.Setting;
import io.omnihub.api.model.Action;
import io.omnihub.api.model.Message;
import io.omnihub.api.model.Part;
import io.omnihub.api.model.Turn;
import io.omnihub.api.model.TurnResult;
import io.omnihub.testkit.harness.ConnectorHarness;
import io.omnihub.testkit.harness.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaqPluginTest {
  private static final String KNOWLEDGE =
      """
      entries:
        - questions: ["How do I return an item?", 怎么退货]
          answers: {en: Choose **return**., zh: 点击“申请退货”。}
          options: {en: ["When do I get my refund?"], zh: [退款多久到账]}
          format: markdown
          tags: [returns]
        - questions: ["When do I get my refund?", 退款多久到账]
          answers: {en: Within 3 days., zh: 三天内。}
        - questions: ["Which languages do you speak?", 会说英语吗]
          answer: 中文 / English
        - questions: [Good morning, 早上好]
          answers: {en: A fine morning to you!, zh: 早！}
        - questions: ["Can I get an invoice?", 可以开发票吗]
          answers: {en: Yes.}
      """;

  @TempDir static Path folder;
  private static int files;
  private final List<ConnectorHarness> started = new ArrayList<>();
  private ConnectorHarness bot;

  @BeforeEach
  void start() throws IOException {
    bot = start(Map.of());
  }

  @AfterEach
  void stop() {
    started.forEach(ConnectorHarness::close);
  }

  @Test
  void declaresItsSettings() {
    assertThat(new FaqPlugin().name()).isEqualTo("faq");
    assertThat(new FaqPlugin().config().settings())
        .extracting(Setting::key)
        .containsExactly(
            "knowledge", "threshold", "settle", "patience", "greeting", "handoff-message");
  }

  @Test
  void answersInEnglishWithOptionsAndTags() {
    assertThat(actions(bot, "how can i return this item"))
        .containsExactly(
            new Action.Reply(
                List.of(
                    new Part.Text("Choose **return**.", Part.Format.MARKDOWN),
                    new Part.Choices(
                        "You may also want to ask:",
                        Part.Style.REPLIES,
                        List.of(
                            Part.Option.of(
                                "When do I get my refund?", "When do I get my refund?")))),
                ""),
            new Action.Tag(List.of("returns"), List.of()));
  }

  @Test
  void answersInChinese() {
    assertThat(actions(bot, "请问退款多久能到账？")).containsExactly(Action.Reply.text("三天内。"));
  }

  @Test
  void anAnswerForEverybodyOrInTheOtherLanguageIsBetterThanNone() {
    assertThat(actions(bot, "会说英语吗")).containsExactly(Action.Reply.text("中文 / English"));
    assertThat(actions(bot, "可以开发票吗")).containsExactly(Action.Reply.text("Yes."));
  }

  @Test
  void aPickedOptionIsAQuestion() {
    Part choice = new Part.Choice("1", "When do I get my refund?");
    assertThat(actions(bot, turn(choice))).containsExactly(Action.Reply.text("Within 3 days."));
    assertThat(actions(bot, turn(new Part.Choice("退款多久到账", ""))))
        .containsExactly(Action.Reply.text("三天内。"));
  }

  @Test
  void messagesOfATurnAreOneQuestion() {
    assertThat(actions(bot, "hello", "when do I get", "my refund?"))
        .containsExactly(Action.Reply.text("Within 3 days."));
  }

  @Test
  void whatItDoesNotKnowIsHandedOffWithASummary() {
    List<Action> actions = actions(bot, "Can I return my tax refund to space?");
    assertThat(actions.getFirst())
        .isEqualTo(Action.Reply.text("One moment, I'll pass you on to a colleague."));
    Action.Handoff handoff = (Action.Handoff) actions.getLast();
    assertThat(handoff.to()).isEmpty();
    assertThat(handoff.reason()).isEqualTo("low-confidence");
    assertThat(handoff.summary())
        .contains("Asked: Can I return my tax refund to space?")
        .contains("Language: en")
        .containsPattern("How do I return an item\\? \\(0\\.\\d\\d\\)")
        .containsPattern("When do I get my refund\\? \\(0\\.\\d\\d\\)");
  }

  @Test
  void nothingKnownAtAllIsSaid() {
    Action.Handoff handoff = (Action.Handoff) actions(bot, "Где мой заказ").getLast();
    assertThat(handoff.summary())
        .isEqualTo("Asked: Где мой заказ\nLanguage: und\nNearest questions: none");
  }

  @Test
  void aPersonIsGivenToWhoAsksForOne() {
    assertThat(actions(bot, "你好", "怎么退货，转人工"))
        .satisfiesExactly(
            said -> assertThat(said).isEqualTo(Action.Reply.text("正在为您转接同事，请稍候。")),
            done -> {
              Action.Handoff handoff = (Action.Handoff) done;
              assertThat(handoff.reason()).isEqualTo("asked-for-human");
              assertThat(handoff.summary()).contains("Language: zh").contains("怎么退货 (");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  \n "})
  void aTurnWithoutWordsIsHandedOff(String caption) {
    Part photo =
        new Part.Media(Part.MediaKind.IMAGE, "/api/v1/attachments/1", "image/png", 1, "", caption);
    Action.Handoff handoff = (Action.Handoff) actions(bot, turn(photo)).getLast();
    assertThat(handoff.reason()).isEqualTo("no-text");
    assertThat(handoff.summary()).contains("(nothing in words)").contains("Language: en");
  }

  @Test
  void aTurnWithoutPartsIsHandedOff() {
    assertThat(actions(bot, turn())).last().isInstanceOf(Action.Handoff.class);
  }

  @Test
  void aCaptionIsAQuestion() {
    Part photo =
        new Part.Media(
            Part.MediaKind.IMAGE, "/api/v1/attachments/1", "", 1, "", "When do I get my refund?");
    assertThat(actions(bot, turn(photo))).containsExactly(Action.Reply.text("Within 3 days."));
  }

  @Test
  void greetingsAndThanksAreAnswered() throws IOException {
    assertThat(actions(bot, "Hi!"))
        .containsExactly(Action.Reply.text("Hello! How can I help you?"));
    assertThat(actions(bot, "谢谢啦")).containsExactly(Action.Reply.text("不客气！"));
    ConnectorHarness own = start(Map.of("greeting", "Welcome to the shop"));
    assertThat(actions(own, "你好")).containsExactly(Action.Reply.text("Welcome to the shop"));
  }

  @Test
  void anEntryForAGreetingComesFirst() {
    assertThat(actions(bot, "Good Morning!!"))
        .containsExactly(Action.Reply.text("A fine morning to you!"));
    assertThat(actions(bot, "早上好～")).containsExactly(Action.Reply.text("早！"));
  }

  @Test
  void theHandoffMessageCanBeSet() throws IOException {
    ConnectorHarness own = start(Map.of("handoff-message", "Please hold the line"));
    assertThat(actions(own, "agent").getFirst())
        .isEqualTo(Action.Reply.text("Please hold the line"));
  }

  @Test
  void theThresholdDecides() throws IOException {
    String vague = "return the tax refund";
    assertThat(actions(start(Map.of("threshold", "0")), vague))
        .first()
        .isInstanceOfSatisfying(
            Action.Reply.class, reply -> assertThat(text(reply)).doesNotContain("colleague"));
    assertThat(actions(start(Map.of("threshold", "1")), vague))
        .last()
        .isInstanceOf(Action.Handoff.class);
    assertThat(actions(start(Map.of("threshold", "0.99")), "When do I get my refund?"))
        .containsExactly(Action.Reply.text("Within 3 days."));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.1", "-0.1", "NaN"})
  void aThresholdOutsideOfItsRangeIsRefused(String threshold) {
    assertThatThrownBy(() -> start(Map.of("threshold", threshold)))
        .hasRootCauseInstanceOf(IllegalArgumentException.class)
        .hasStackTraceContaining("threshold: ");
  }

  @Test
  void aMissingKnowledgeFileIsRefused() {
    assertThatThrownBy(
            () -> ConnectorHarness.start(new FaqPlugin(), Map.of("knowledge", "no/such.yaml")))
        .hasStackTraceContaining("no/such.yaml: expected a knowledge file here");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ConnectorHarness.start(new FaqPlugin(), Map.of()))
        .withMessageContaining("knowledge: is required");
  }

  @Test
  void aHugeTextIsCut() {
    String huge = "When do I get my refund? ".repeat(65_536 / 25);
    assertThat(actions(bot, huge)).containsExactly(Action.Reply.text("Within 3 days."));
    for (String nonsense : List.of("字😀".repeat(22_000), "a".repeat(65_536), "( ".repeat(32_768))) {
      Action.Handoff handoff = (Action.Handoff) actions(bot, nonsense).getLast();
      assertThat(handoff.summary().length()).isLessThan(1_000);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "refund AND (",
        "\"refund",
        "terms:* OR *:*",
        "refund~2^9 -item +[a TO b] {x}",
        "\\",
        "/.*/",
        "?*?*",
        "\u0000\uD800",
      })
  void charactersOfAQuerySyntaxAreOnlyCharacters(String text) {
    assertThat(actions(bot, text)).isNotEmpty();
  }

  @Test
  void manyTurnsAtOnceAreAnsweredEachByItself() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<Action>>> answers = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        String asked = i % 2 == 0 ? "退款多久到账" : "When do I get my refund?";
        answers.add(threads.submit(() -> actions(bot, asked)));
      }
      for (int i = 0; i < 100; i++) {
        assertThat(result(answers.get(i)))
            .containsExactly(Action.Reply.text(i % 2 == 0 ? "三天内。" : "Within 3 days."));
      }
    }
  }

  private ConnectorHarness start(Map<String, String> settings) throws IOException {
    Path file = Files.writeString(folder.resolve("faq-" + files++ + ".yaml"), KNOWLEDGE);
    Map<String, String> all = new HashMap<>(settings);
    all.put("knowledge", file.toString());
    ConnectorHarness harness = ConnectorHarness.start(new FaqPlugin(), all);
    started.add(harness);
    return harness;
  }

  private static List<Action> actions(ConnectorHarness harness, String... words) {
    return actions(harness, Samples.turn(words));
  }

  private static List<Action> actions(ConnectorHarness harness, Turn turn) {
    return ((TurnResult.Answered) harness.turn(turn)).actions();
  }

  private static List<Action> result(Future<List<Action>> answer)
      throws InterruptedException, ExecutionException {
    return answer.get();
  }

  private static Turn turn(Part... parts) {
    Turn sample = Samples.turn("words");
    Message message = Samples.message(Message.Direction.INBOUND, List.of(parts));
    return new Turn(
        sample.id(),
        sample.epoch(),
        sample.conversation(),
        sample.contact(),
        List.of(message),
        List.of(),
        sample.capabilities());
  }

  private static String text(Action.Reply reply) {
    return ((Part.Text) reply.parts().getFirst()).text();
  }
}
