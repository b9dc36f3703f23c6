package io.omnihub.channel.email.mime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.omnihub.api.connector.MediaStore;
import io.omnihub.api.model.InboundEvent;
import io.omnihub.api.model.InboundEvent.MessageReceived;
import io.omnihub.api.model.Part;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mail that is broken, by accident or on purpose. */
class RobustnessTest {
  private static final String SAMPLE =
      Mails.mail(
          """
              MIME-Version: 1.0
              Content-Type: multipart/mixed; boundary="b1"
              References: <a@x> <b@x>
              Cc: =?gb2312?B?1cXI/Q==?= <zhang@customer.example>
              """,
          """
              preamble
              --b1
              Content-Type: multipart/alternative; boundary=b2

              --b2
              Content-Type: text/plain; charset=gb2312
              Content-Transfer-Encoding: base64

              xOO6ww==
              --b2
              Content-Type: text/html; charset=utf-8
              Content-Transfer-Encoding: quoted-printable

              <p>Hi <img src=3D"cid:p1"></p><blockquote type=3D"cite">old</blockquote>
              --b2--
              --b1
              Content-Type: image/png; name*0*=utf-8''%e5%9b; name*1*=%be.png
              Content-ID: <p1>
              Content-Transfer-Encoding: base64

              iVBORw0KGgo=
              --b1
              Content-Type: message/rfc822

              Subject: inner

              inner text
              --b1--
              """);

  @Test
  void theSampleIsReadAsIntended() {
    MessageReceived message = Mails.read(SAMPLE);
    assertThat(Mails.text(message)).isEqualTo("你好");
    assertThat(Mails.media(message))
        .extracting(Part.Media::name)
        .containsExactly("图.png", "inner.eml");
  }

  @Test
  void R35_fiveHundredMutationsNeverThrow() {
    Random random = new Random(20260301);
    byte[] sample = SAMPLE.getBytes(StandardCharsets.UTF_8);
    for (int round = 0; round < 500; round++) {
      byte[] mutant = mutated(sample, random);
      List<InboundEvent> events = Mails.events(mutant, new Mails.Store(1 << 20));
      assertThat(events).as("round " + round).isNotEmpty();
      assertThat(events)
          .as("round " + round)
          .noneMatch(
              event ->
                  event instanceof InboundEvent.Unreadable refused
                      && refused.reason().contains("broke"));
    }
  }

  private static byte[] mutated(byte[] sample, Random random) {
    byte[] bytes = sample.clone();
    int changes = 1 + random.nextInt(30);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] = (byte) "\r\n\0\"<>;:=-%?".charAt(random.nextInt(12));
        case 2 -> bytes = Arrays.copyOf(bytes, Math.max(40, at));
        default -> {
          int from = random.nextInt(bytes.length);
          int length = Math.min(random.nextInt(60), bytes.length - Math.max(at, from));
          System.arraycopy(bytes, from, bytes, at, Math.max(0, length));
        }
      }
    }
    return bytes;
  }

  @Test
  void R35_aMailWithoutMessageIdIsNamedByTheFallback() {
    MessageReceived message = Mails.read("From: ann@customer.example\nSubject: no id\n\nHello\n");
    assertThat(message.key()).isEqualTo("message/INBOX/7/42");
    assertThat(message.providerId()).isEqualTo("<INBOX.7.42.no-message-id@hub.shop.example>");
  }

  @Test
  void R35_aVeryLongMessageIdMakesAKeyThatFits() {
    String id = "<" + "x".repeat(600) + "@customer.example>";
    MessageReceived message =
        Mails.read("From: ann@customer.example\nMessage-ID: " + id + "\n\nHello\n");
    assertThat(message.key()).startsWith("message/sha256-").hasSizeLessThan(255);
    assertThat(message.providerId()).isEqualTo(id);
  }

  @Test
  void R35_anUnreadableMailSaysWhyWithoutItsContent() {
    List<InboundEvent> events =
        Mails.events(
            "Subject: s3cret\n\ntop s3cret".getBytes(StandardCharsets.UTF_8), new Mails.Store(9));
    assertThat(events).hasSize(1);
    InboundEvent.Unreadable refused = (InboundEvent.Unreadable) events.get(0);
    assertThat(refused.reason())
        .isEqualTo("the mail has no sender's address")
        .doesNotContain("s3cret");
    assertThat(refused.key()).isEqualTo("unreadable/INBOX/7/42");
  }

  @Test
  void aMailThatEndsInTheMiddleKeepsWhatCame() {
    int cut = SAMPLE.indexOf("iVBOR") + 5;
    MessageReceived message = Mails.read(SAMPLE.substring(0, cut));
    assertThat(Mails.text(message)).isEqualTo("你好");
    assertThat(Mails.media(message)).hasSize(1);
  }

  @Test
  void aMultipartWithoutItsBoundaryIsStillRead() {
    assertThat(
            Mails.text(
                Mails.read(
                    Mails.mail(
                        "Content-Type: multipart/mixed\n",
                        "--zzzzzz\nContent-Type: text/plain\n\nfound\n--zzzzzz--\n"))))
        .isEqualTo("found");
    assertThat(
            Mails.text(
                Mails.read(
                    Mails.mail("Content-Type: multipart/mixed; boundary=q\n", "just words\n"))))
        .isEqualTo("just words");
  }

  @Test
  void bareCarriageReturnsAndNulBytesAreTolerated() {
    String mail = Mails.mail("", "one\ntwo\0three\n").replace("\n", "\r");
    assertThat(Mails.text(Mails.read(mail))).isEqualTo("one\ntwothree");
  }

  @Test
  void partsBeyondTheLimitAreNamedAsMissing() {
    StringBuilder body = new StringBuilder("--b\n\nhello\n");
    for (int i = 0; i < 400; i++) {
      body.append("--b\nContent-Type: application/x; name=f").append(i).append("\n\nx\n");
    }
    MessageReceived message =
        Mails.read(Mails.mail("Content-Type: multipart/mixed; boundary=b\n", body + "--b--\n"));
    assertThat(message.parts()).hasSizeLessThan(205);
    assertThat(message.parts().get(message.parts().size() - 1))
        .isInstanceOfSatisfying(
            Part.Unsupported.class,
            part -> assertThat(part.providerType()).isEqualTo("too-many-parts"));
  }

  @Test
  void nestingBeyondTheLimitEnds() {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < 2000; i++) {
      body.append("--b")
          .append(i)
          .append("\nContent-Type: multipart/mixed; boundary=b")
          .append(i + 1)
          .append("\n\n");
    }
    MessageReceived message =
        Mails.read(Mails.mail("Content-Type: multipart/mixed; boundary=b0\n", body.toString()));
    assertThat(message.parts()).isNotEmpty();
  }

  @Test
  void anAttachmentThatIsTooLargeIsNamed() {
    String mail =
        Mails.mail(
            "Content-Type: multipart/mixed; boundary=b\n",
            """
                --b

                see file
                --b
                Content-Type: application/pdf; name=big.pdf

                %s
                --b--
                """
                .formatted("x".repeat(100)));
    MessageReceived message =
        (MessageReceived)
            Mails.events(mail.getBytes(StandardCharsets.UTF_8), new Mails.Store(50)).get(0);
    assertThat(Mails.text(message)).isEqualTo("see file");
    Part.Unsupported missing = (Part.Unsupported) message.parts().get(1);
    assertThat(missing.providerType()).isEqualTo("attachment-too-large");
    assertThat(missing.raw().get("name").asText()).isEqualTo("big.pdf");
  }

  @Test
  void aStoreThatIsAwayIsNotTheMailsFault() {
    MediaStore away =
        new MediaStore() {
          @Override
          public Stored store(InputStream bytes, String name, String mediaType) throws IOException {
            throw new IOException("disk is full");
          }

          @Override
          public Content open(String url) throws IOException {
            throw new IOException("disk is full");
          }
        };
    byte[] mail = SAMPLE.getBytes(StandardCharsets.UTF_8);
    MailReader reader = Mails.reader(away);
    assertThatThrownBy(() -> reader.read(mail, Mails.RECEIVED, "k"))
        .isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void aHugeTextIsCutAndKeptAsAFile() {
    MessageReceived message = Mails.read(Mails.mail("", "word ".repeat(150_000)));
    assertThat(Mails.text(message)).hasSizeLessThanOrEqualTo(500_000);
    assertThat(Mails.media(message)).hasSize(1);
    assertThat(Mails.media(message).get(0).size()).isEqualTo(750_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "a@",
        "a ",
        " ",
        "\n",
        ">",
        "> \n",
        "-",
        "- ",
        "(",
        "<",
        "<li>",
        "<b>",
        "<td>",
        "&nbsp;",
        "<blockquote type=cite>",
        "From: a@x\n",
        "user: ",
        "Message-ID: \n",
        "On 1 ",
        "=?a?B?",
        "--b\n",
        "在1"
      })
  void repetitionIsReadInTime(String piece) {
    String body = piece.repeat(100_000 / piece.length());
    String plain = "Return-Path: <>\nSubject: failure notice\n";
    String list = "Content-Type: text/html\n";
    String header = "X-Long: " + body.replace('\n', ' ') + "\nSubject: " + body.replace('\n', ' ');
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          for (String mail :
              List.of(
                  Mails.mail(plain, body),
                  Mails.mail(list, "<ol>" + body),
                  Mails.mail("", body),
                  "From: " + body.replace('\n', ' ') + "\n" + header + "\n\nhello")) {
            byte[] raw = mail.getBytes(StandardCharsets.UTF_8);
            assertThat(Mails.events(raw, new Mails.Store(1 << 22)))
                .isNotEmpty()
                .noneMatch(
                    event ->
                        event instanceof InboundEvent.Unreadable refused
                            && refused.reason().contains("broke"));
          }
        });
  }
}
