package io.omnihub.channel.email.mime;

import static org.assertj.core.api.Assertions.assertThat;

import io.omnihub.api.model.InboundEvent.MessageReceived;
import io.omnihub.api.model.Part;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is read and what is attached. */
class BodyTest {

  static Stream<Arguments> htmlTexts() {
    return Stream.of(
        Arguments.of("<p>One</p><p>Two<br>Three</p>", "One\n\nTwo\nThree"),
        Arguments.of("<div>One</div><div>Two</div>", "One\nTwo"),
        Arguments.of("<div>One<div>Two</div></div>Three", "One\nTwo\nThree"),
        Arguments.of("a <b>bold</b>  <i>word</i>", "a bold word"),
        Arguments.of("<ul><li>tea<li>milk</ul>", "- tea\n- milk"),
        Arguments.of("<ol><li>tea</li><li>milk</li></ol>", "1. tea\n2. milk"),
        Arguments.of("<a href='https://x.example/a'>here</a>!", "here (https://x.example/a)!"),
        Arguments.of("<a href='https://x.example/'>x.example</a>", "x.example"),
        Arguments.of("<a href='mailto:a@x.example'>a@x.example</a>", "a@x.example"),
        Arguments.of(
            "<table><tr><th>No</th><th>Price</th></tr><tr><td>1</td><td>9 €</td></tr></table>",
            "No | Price\n1 | 9 €"),
        Arguments.of("<pre>a\n  b</pre>", "a\n  b"),
        Arguments.of("<style>p{}</style><script>x()</script><title>t</title>hi", "hi"),
        Arguments.of("<div style='display: none'>preview</div>hi", "hi"),
        Arguments.of("a&nbsp;b &amp; c", "a b & c"),
        Arguments.of("look <img src='cid:1' alt='chart'>", "look [chart]"));
  }

  @ParameterizedTest
  @MethodSource("htmlTexts")
  void htmlBecomesTextAsAPersonWouldTypeIt(String html, String text) {
    assertThat(HtmlText.of(Jsoup.parse(html).body())).isEqualTo(text);
    assertThat(Mails.text(Mails.read(Mails.mail("Content-Type: text/html\n", html))))
        .isEqualTo(text);
  }

  static Stream<Arguments> htmlQuotes() {
    return Stream.of(
        Arguments.of(
            "Gmail",
            "<div class='gmail_quote'><div class='gmail_attr'>On 3 Mar 2026 Shop wrote:</div><blockquote>old</blockquote></div>"),
        Arguments.of(
            "Apple Mail",
            "<div><blockquote type='cite'><div>On 3 Mar 2026, Shop wrote:</div>old</blockquote></div>"),
        Arguments.of(
            "Thunderbird",
            "<div class='moz-cite-prefix'>On 3 Mar 2026, Shop wrote:</div><blockquote type='cite'>old</blockquote>"),
        Arguments.of(
            "Outlook",
            "<div><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt'><p><b>From:</b> Shop</p></div></div><p>old</p>"),
        Arguments.of(
            "Outlook 2007",
            "<div style='border:none; border-top:solid #B5C4DF 1.0pt'><p>From: Shop</p></div><p>old</p>"),
        Arguments.of(
            "Outlook on the web",
            "<div id='appendonsend'></div><hr><div id='divRplyFwdMsg'>From: Shop</div><div>old</div>"),
        Arguments.of(
            "Outlook for Mac", "<span id='OLK_SRC_BODY_SECTION'><div>From: Shop</div>old</span>"),
        Arguments.of("Yahoo", "<div class='yahoo_quoted'>On Tuesday Shop wrote: old</div>"),
        Arguments.of("Proton", "<div class='protonmail_quote'>On Tuesday Shop wrote: old</div>"),
        Arguments.of(
            "Zimbra", "<hr data-marker='__DIVIDER__'><div><b>From: </b>Shop</div><div>old</div>"),
        Arguments.of(
            "plain blockquote", "<p>On 3 Mar 2026, Shop wrote:</p><blockquote>old</blockquote>"),
        Arguments.of("no marks", "<p>发件人：Shop<br>发送时间：2026年3月3日<br>收件人：Ann<br>主题：x</p><p>old</p>"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("htmlQuotes")
  void whatAMailProgramQuotedInHtmlIsKeptApart(String program, String quote) {
    String html = "<html><body><div>My answer</div>" + quote + "</body></html>";
    MessageReceived message = Mails.read(Mails.mail("Content-Type: text/html\n", html));
    assertThat(Mails.text(message)).isEqualTo("My answer");
    assertThat((String) message.attributes().get("quoted")).contains("old");
    assertThat((String) message.attributes().get("html")).contains("My answer", "old");
  }

  @Test
  void aForwardedMailInHtmlStaysWhole() {
    String html =
        "FYI<div class='gmail_quote'>---------- Forwarded message ---------<br>From: Bob<br><br>news</div>";
    MessageReceived message = Mails.read(Mails.mail("Content-Type: text/html\n", html));
    assertThat(Mails.text(message)).contains("FYI", "news");
    assertThat(message.attributes()).doesNotContainKey("quoted");
  }

  @Test
  void aQuotationAloneIsKeptAsTheText() {
    String html = "<blockquote type='cite'>only this</blockquote>";
    assertThat(Mails.text(Mails.read(Mails.mail("Content-Type: text/html\n", html))))
        .isEqualTo("only this");
  }

  @Test
  void dangerousHtmlIsTakenOut() {
    String html =
        """
        <p onclick="x()">Hi <script>steal()</script><a href="javascript:x()">bad</a>
        <a href="https://x.example/">good</a><img src="https://spy.example/pixel.gif" alt="p">
        <img src="data:image/png;base64,AAAA"><form action="/x"><input name="pw"></form>
        <iframe src="https://x.example"></iframe><style>p{}</style>
        <b style="color:red;background:url(https://spy.example/b)">bold</b></p>
        """;
    MessageReceived message = Mails.read(Mails.mail("Content-Type: text/html\n", html));
    String clean = (String) message.attributes().get("html");
    assertThat(clean)
        .doesNotContain(
            "script", "onclick", "spy.example", "data:", "<form", "<input", "iframe", "url(")
        .contains("href=\"https://x.example/\"", "noopener", "bold", "color:red");
  }

  private static final String RELATED =
      Mails.mail(
          "Content-Type: multipart/related; boundary=r\n",
          """
          --r
          Content-Type: multipart/alternative; boundary=a

          --a
          Content-Type: text/plain

          Hello [pic]
          --a
          Content-Type: text/html

          <p>Hello <img src="cid:pic@1"></p>
          --a--
          --r
          Content-Type: image/png; name=pic.png
          Content-ID: <pic@1>
          Content-Disposition: inline
          Content-Transfer-Encoding: base64

          aGVsbG8=
          --r--
          """);

  @Test
  void anInlinePictureIsStoredAndShownFromThere() throws IOException {
    Mails.Store store = new Mails.Store(1000);
    MessageReceived message =
        (MessageReceived) Mails.events(RELATED.getBytes(StandardCharsets.UTF_8), store).get(0);
    assertThat(message.parts()).hasSize(2);
    assertThat(Mails.text(message)).isEqualTo("Hello [pic]");
    Part.Media picture = Mails.media(message).get(0);
    assertThat(picture.kind()).isEqualTo(Part.MediaKind.IMAGE);
    assertThat(picture.name()).isEqualTo("pic.png");
    assertThat(store.content(picture.url())).asString().isEqualTo("hello");
    assertThat((String) message.attributes().get("html")).contains("src=\"" + picture.url() + "\"");
  }

  @Test
  void otherKindsOfPartsAreFiles() {
    MessageReceived message =
        Mails.read(
            Mails.mail(
                "Content-Type: multipart/mixed; boundary=b\n",
                """
                --b

                see files
                --b
                Content-Type: message/rfc822

                Subject: An older/other mail

                inner
                --b
                Content-Type: text/calendar; method=REQUEST

                BEGIN:VCALENDAR
                --b
                Content-Type: application/ms-tnef

                x
                --b
                Content-Type: text/plain; name=notes.txt

                notes
                --b--
                """));
    assertThat(Mails.text(message)).isEqualTo("see files");
    assertThat(Mails.media(message))
        .extracting(Part.Media::name)
        .containsExactly("An older other mail.eml", "invite.ics", "winmail.dat", "notes.txt");
    assertThat(Mails.media(message)).extracting(Part.Media::kind).containsOnly(Part.MediaKind.FILE);
  }

  @Test
  void aMailWithNothingToReadIsItsSubject() {
    assertThat(Mails.read(Mails.mail("", "")).parts()).containsExactly(Part.Text.plain("Order"));
    assertThat(Mails.read("From: a@b.example\n\n").parts()).containsExactly(Part.Text.plain(""));
  }

  @Test
  void softLinesOfFlowedTextAreJoined() {
    String mail =
        Mails.mail("Content-Type: text/plain; format=flowed\n", "one \ntwo\nthree\n-- \nAnn\n");
    assertThat(Mails.text(Mails.read(mail))).isEqualTo("one two\nthree\n-- \nAnn");
  }

  @Test
  void brokenTransferEncodingsAreReadAsFarAsPossible() {
    assertThat(TransferDecoding.decode("aGVs*bG8".getBytes(StandardCharsets.US_ASCII), "base64"))
        .asString()
        .isEqualTo("hello");
    assertThat(
            TransferDecoding.decode(
                "a=3Db=\r\nc=ZZ=".getBytes(StandardCharsets.US_ASCII), "Quoted-Printable"))
        .asString()
        .isEqualTo("a=bc=ZZ");
    String uu = "begin 644 a.txt\n%:&5L;&\\\n`\nend\n";
    assertThat(TransferDecoding.decode(uu.getBytes(StandardCharsets.US_ASCII), "x-uuencode"))
        .asString()
        .isEqualTo("hello");
  }
}
