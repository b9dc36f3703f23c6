package io.omnihub.core.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.NullNode;
import io.omnihub.api.model.Capabilities;
import io.omnihub.api.model.Capabilities.Feature;
import io.omnihub.api.model.Capabilities.Grade;
import io.omnihub.api.model.Part;
import io.omnihub.api.model.Part.Format;
import io.omnihub.api.model.Part.MediaKind;
import io.omnihub.api.model.Part.Option;
import io.omnihub.api.model.Part.Style;
import io.omnihub.api.model.Part.Text;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class FitterTest {
  private static final List<Option> YES_NO = List.of(Option.of("y", "Yes"), Option.of("n", "No"));
  private static final Part.Choices QUESTION = new Part.Choices("Sure?", Style.BUTTONS, YES_NO);
  private static final Part.Card CARD =
      new Part.Card("Shoe", "Red", "https://x.test/i.png", YES_NO);
  private static final String CARD_WORDS = "Shoe\nRed\nhttps://x.test/i.png\n1. Yes\n2. No";

  /** A part, the feature that it needs, and the words that stand for it. */
  static Stream<Arguments> features() {
    Part.Location place = new Part.Location(52.5, 13.4, "Home", "Street 1");
    Part.ContactCard person = new Part.ContactCard("Ann", List.of("+491"), List.of("a@x.test"));
    Part.Template template = new Part.Template("hello", "en", List.of("Ann", "12"));
    return Stream.of(
        Arguments.of(Feature.LOCATION, place, List.of("Home\nStreet 1\n52.5, 13.4")),
        Arguments.of(Feature.CONTACT, person, List.of("Ann\n+491\na@x.test")),
        Arguments.of(Feature.TEMPLATE, template, List.of("Ann\n12")),
        Arguments.of(Feature.CHOICES, QUESTION, List.of("Sure?\n1. Yes\n2. No")),
        Arguments.of(Feature.CARD, CARD, List.of(CARD_WORDS)),
        Arguments.of(
            Feature.CAROUSEL,
            new Part.Carousel(List.of(CARD, CARD)),
            List.of(CARD_WORDS, CARD_WORDS)));
  }

  @ParameterizedTest
  @MethodSource("features")
  void whatAChannelShowsIsLeftAndWhatItDoesNotShowIsWritten(
      Feature feature, Part part, List<String> words) {
    List<Part> written = words.stream().<Part>map(Text::plain).toList();
    assertThat(fit(with(feature, Grade.FULL), part)).containsExactly(List.of(part));
    assertThat(fit(with(feature, Grade.PARTIAL), part)).containsExactly(List.of(part));
    assertThat(fit(with(feature, Grade.FALLBACK), part)).containsExactly(written);
    assertThat(fit(Capabilities.builder(), part)).as("not named").containsExactly(written);
  }

  @ParameterizedTest
  @EnumSource(
      value = Feature.class,
      names = {"LOCATION", "CONTACT", "TEMPLATE"})
  void whatIsDroppedLeavesNothing(Feature feature) {
    Part part =
        (Part)
            features()
                .map(Arguments::get)
                .filter(row -> row[0] == feature)
                .findFirst()
                .orElseThrow()[1];
    assertThat(fit(with(feature, Grade.DROP), part)).isEmpty();
    assertThat(fit(with(feature, Grade.DROP), part, Text.plain("rest")))
        .containsExactly(List.of(Text.plain("rest")));
  }

  @Test
  void aChoiceIsItsLabelAndUnsupportedPartsAreNotSent() {
    assertThat(fit(Capabilities.builder(), new Part.Choice("y", "Yes")))
        .containsExactly(List.of(Text.plain("Yes")));
    assertThat(fit(Capabilities.builder(), new Part.Choice("y", "")))
        .containsExactly(List.of(Text.plain("y")));
    assertThat(fit(Capabilities.builder(), new Part.Unsupported("poll", NullNode.getInstance())))
        .isEmpty();
    assertThat(fit(Capabilities.builder())).isEmpty();
    assertThat(fit(Capabilities.builder(), Text.plain(""))).isEmpty();
  }

  @Test
  void tooManyOptionsBecomeANumberedList() {
    List<Option> twelve =
        IntStream.rangeClosed(1, 12).mapToObj(i -> Option.of("o" + i, "Option " + i)).toList();
    Capabilities.Builder three = Capabilities.builder().full(Feature.CHOICES).maxOptions(3);
    Part.Choices few = new Part.Choices("Pick", Style.LIST, twelve.subList(0, 3));
    assertThat(fit(three, few)).containsExactly(List.of(few));
    String list =
        ((Text) fit(three, new Part.Choices("Pick", Style.LIST, twelve)).getFirst().getFirst())
            .text();
    assertThat(list.lines())
        .hasSize(13)
        .startsWith("Pick", "1. Option 1")
        .endsWith("12. Option 12");
  }

  @Test
  void anOptionKeepsItsAddressInTheList() {
    Part.Choices link =
        new Part.Choices("", Style.BUTTONS, List.of(new Option("s", "Shop", "https://x.test")));
    assertThat(fit(Capabilities.builder(), link))
        .containsExactly(List.of(Text.plain("1. Shop https://x.test")));
  }

  @Test
  void aQuestionThatIsTooLongComesBeforeItsOptions() {
    Part.Choices question = new Part.Choices("One sentence. Another one.", Style.BUTTONS, YES_NO);
    assertThat(fit(Capabilities.builder().full(Feature.CHOICES).maxTextLength(15), question))
        .containsExactly(
            List.of(
                Text.plain("One sentence."),
                Text.plain("Another one."),
                new Part.Choices("", Style.BUTTONS, YES_NO)));
  }

  @Test
  void aCardWithoutOptionsIsItsWords() {
    Part.Card card = new Part.Card("Shoe", "", "", List.of());
    assertThat(fit(Capabilities.builder(), card)).containsExactly(List.of(Text.plain("Shoe")));
  }

  @Test
  void optionsOfACardStayButtonsWhereThereAreButtons() {
    Part.Choices expected =
        new Part.Choices("Shoe\nRed\nhttps://x.test/i.png", Style.BUTTONS, YES_NO);
    assertThat(fit(Capabilities.builder().full(Feature.CHOICES), CARD))
        .containsExactly(List.of(expected));
  }

  @ParameterizedTest
  @EnumSource(MediaKind.class)
  void mediaOfEveryKindGoAsThemselvesOrAsFilesOrAsWords(MediaKind kind) {
    Part.Media media = media(kind, 10, "look");
    assertThat(fit(Capabilities.builder().media(kind), media)).containsExactly(List.of(media));
    assertThat(fit(Capabilities.builder().media(MediaKind.FILE), media))
        .containsExactly(List.of(media(MediaKind.FILE, 10, "look")));
    assertThat(fit(Capabilities.builder(), media))
        .containsExactly(List.of(Text.plain("look\n[a.bin]")));
  }

  @Test
  void tooLargeMediaAreToldByName() {
    Capabilities.Builder small = Capabilities.builder().media(MediaKind.IMAGE).maxMediaSize(100);
    assertThat(fit(small, media(MediaKind.IMAGE, 100, "")))
        .containsExactly(List.of(media(MediaKind.IMAGE, 100, "")));
    assertThat(fit(small, media(MediaKind.IMAGE, 101, "")))
        .containsExactly(List.of(Text.plain("[a.bin]")));
  }

  @Test
  void aCaptionThatIsTooLongFollowsAsText() {
    Capabilities.Builder brief = Capabilities.builder().media(MediaKind.IMAGE).maxCaptionLength(4);
    assertThat(fit(brief, media(MediaKind.IMAGE, 1, "1234")))
        .containsExactly(List.of(media(MediaKind.IMAGE, 1, "1234")));
    assertThat(fit(brief, media(MediaKind.IMAGE, 1, "12345")))
        .containsExactly(List.of(media(MediaKind.IMAGE, 1, ""), Text.plain("12345")));
  }

  static Stream<Arguments> markup() {
    Map<String, String> markdown =
        Map.of(
            "**bold** and `code`", "bold and code",
            "see [the shop](https://x.test/a?b=c)", "see the shop (https://x.test/a?b=c)",
            "2 * 3 * 4", "2 * 3 * 4");
    Map<String, String> html =
        Map.of(
            "<p>One</p><p>Two &amp; more</p>", "One\nTwo & more",
            "a<br>b", "a\nb",
            "<a href=\"https://x.test/a\">the shop</a>!", "the shop (https://x.test/a)!",
            "<a href=\"https://x.test\">https://x.test</a>", "https://x.test",
            "<ul><li>a</li><li>b</li></ul>", "a\nb",
            "<script>alert(1)</script>safe", "safe");
    return Stream.concat(
        markdown.entrySet().stream()
            .map(row -> Arguments.of(Format.MARKDOWN, row.getKey(), row.getValue())),
        html.entrySet().stream()
            .map(row -> Arguments.of(Format.HTML, row.getKey(), row.getValue())));
  }

  @ParameterizedTest
  @MethodSource("markup")
  void markupBecomesPlainAndKeepsAddresses(Format format, String text, String plain) {
    assertThat(fit(Capabilities.builder(), new Text(text, format)))
        .containsExactly(List.of(Text.plain(plain)));
    assertThat(fit(Capabilities.builder().formats(format), new Text(text, format)))
        .containsExactly(List.of(new Text(text, format)));
  }

  @Test
  void longTextsAreSplit() {
    Capabilities.Builder brief =
        Capabilities.builder().formats(Format.MARKDOWN, Format.HTML).maxTextLength(12);
    assertThat(fit(brief, new Text("**one** two three", Format.MARKDOWN)).getFirst())
        .allSatisfy(part -> assertThat(((Text) part).format()).isEqualTo(Format.MARKDOWN));
    assertThat(fit(brief, new Text("<b>one two</b> three four", Format.HTML)))
        .containsExactly(List.of(Text.plain("one two"), Text.plain("three four")));
  }

  @Test
  void oneMessageAPartWhereTheChannelWantsIt() {
    Part first = Text.plain("a");
    Part second = media(MediaKind.IMAGE, 1, "");
    Capabilities.Builder channel = Capabilities.builder().media(MediaKind.IMAGE);
    assertThat(fit(channel, first, second)).containsExactly(List.of(first, second));
    assertThat(fit(channel.singlePart(), first, second))
        .containsExactly(List.of(first), List.of(second));
  }

  private static Part.Media media(MediaKind kind, long size, String caption) {
    return new Part.Media(
        kind, "/api/v1/attachments/1", "application/octet-stream", size, "a.bin", caption);
  }

  private static Capabilities.Builder with(Feature feature, Grade grade) {
    return Capabilities.builder().with(feature, grade);
  }

  private static List<List<Part>> fit(Capabilities.Builder capabilities, Part... parts) {
    return new Fitter(capabilities.build()).fit(List.of(parts));
  }
}
