package io.omnihub.channel.email.compose;

import static org.assertj.core.api.Assertions.assertThat;

import io.omnihub.api.model.Part;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The words of a mail, as plain text and as HTML. */
class MailBodyTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "a **bold** word ~ <p>a <b>bold</b> word</p>",
        "an *italic* and _another_ ~ <p>an <i>italic</i> and <i>another</i></p>",
        "snake_case_name stays ~ <p>snake_case_name stays</p>",
        "2 * 3 * 4 stays ~ <p>2 * 3 * 4 stays</p>",
        "`x < **y**` ~ <p><code>x &lt; **y**</code></p>",
        "# Title ~ <p><b>Title</b></p>",
        "<script>alert(1)</script> ~ <p>&lt;script&gt;alert(1)&lt;/script&gt;</p>",
      })
  void markdownIsShown(String markdown, String html) {
    assertThat(Markdown.toHtml(markdown)).isEqualTo(html);
  }

  @Test
  void markdownHasParagraphsAndLists() {
    assertThat(Markdown.toHtml("Hello\nAnn\n\n- one\n- two\n1. first\n\nBye"))
        .isEqualTo(
            "<p>Hello<br />Ann</p><ul><li>one</li><li>two</li></ul>"
                + "<ol><li>first</li></ol><p>Bye</p>");
  }

  @Test
  void linksKeepTheirAddress() {
    assertThat(Markdown.toHtml("[here](https://x.example/_a_?b=1&c=2) or https://y.example/_b_"))
        .contains("href=\"https://x.example/_a_?b&#61;1&amp;c&#61;2\"")
        .contains(">here</a>")
        .contains("href=\"https://y.example/_b_\"")
        .doesNotContain("<i>");
    assertThat(Markdown.toHtml("[x](javascript:alert(1))")).doesNotContain("<a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<a href='javascript:alert(1)'>x</a>",
        "<iframe src='https://evil.example'></iframe>",
        "<form action='https://evil.example'><input name=q></form>",
        "<style>@import 'https://evil.example'</style>",
      })
  void htmlIsSanitised(String html) {
    MailBody body = MailBody.of(List.of(new Part.Text(html, Part.Format.HTML)));
    assertThat(body.html())
        .doesNotContainIgnoringCase("alert")
        .doesNotContainIgnoringCase("evil.example")
        .doesNotContainIgnoringCase("<script");
  }

  @Test
  void htmlIsReadableAsPlainText() {
    String html =
        "<p>Dear <b>Ann</b>,</p><ul><li>one</li><li>two</li></ul>"
            + "<div>See <a href=\"https://x.example\">our page</a></div><div>Bye<br>Bo</div>";
    assertThat(HtmlText.toPlain(html))
        .isEqualTo("Dear Ann,\n\n- one\n- two\nSee our page (https://x.example)\nBye\nBo");
  }

  @Test
  void plainTextIsNotMarkedUp() {
    MailBody body = MailBody.of(List.of(Part.Text.plain("1 < 2 **and**\nso on\n\nnext")));
    assertThat(body.text()).isEqualTo("1 < 2 **and**\nso on\n\nnext\n");
    assertThat(body.html()).isEqualTo("<p>1 &lt; 2 **and**<br>\nso on</p>\n<p>next</p>");
  }

  @Test
  void mediaFromElsewhereIsALinkAndOurOwnIsAttached() {
    Part.Media far =
        new Part.Media(Part.MediaKind.IMAGE, "https://cdn.example/a.png", "", 0, "", "A picture");
    Part.Media own =
        new Part.Media(Part.MediaKind.FILE, "/api/v1/attachments/1", "", 0, "a.pdf", "");
    MailBody body = MailBody.of(List.of(far, own));
    assertThat(body.text()).isEqualTo("A picture\nhttps://cdn.example/a.png\n");
    assertThat(body.attachments()).containsExactly(own);
  }

  @Test
  void nothingIsLostOfWhatOthersWouldShowAsCards() {
    Part.Option option = new Part.Option("1", "Order", "https://x.example");
    MailBody body =
        MailBody.of(
            List.of(
                new Part.Choices("Which?", Part.Style.BUTTONS, List.of(option)),
                new Part.Location(1.5, 2.5, "Here", "Main St"),
                new Part.ContactCard("Bo", List.of("+1"), List.of("bo@x.example")),
                new Part.Carousel(List.of(new Part.Card("Title", "Sub", "", List.of(option))))));
    assertThat(body.text())
        .contains("Which?\n- Order https://x.example")
        .contains("Here\nMain St\n1.5, 2.5")
        .contains("Bo\n+1\nbo@x.example")
        .contains("Title\nSub\n- Order");
  }
}
