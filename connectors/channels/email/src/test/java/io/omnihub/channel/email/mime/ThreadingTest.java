package io.omnihub.channel.email.mime;

import static org.assertj.core.api.Assertions.assertThat;

import io.omnihub.api.model.InboundEvent.MessageReceived;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ThreadingTest {
  private static final String OURS =
      Mails.TOKENS.replyAddress("support@shop.example", Mails.CONVERSATION);
  private static final String FORGED = OURS.replaceFirst("c_..", "c_zz");

  /** How a mail says what it belongs to, and what is to be understood. */
  record Case(String name, String headers, String conversation, List<String> references) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** Every way to write to the token, by every way to refer, by every subject. */
  static Stream<Case> corpus() {
    List<Case> recipients =
        List.of(
            of("Delivered-To", "Delivered-To: " + OURS, true),
            of("X-Original-To", "X-Original-To: <" + OURS + ">", true),
            of("Envelope-To", "Envelope-To: " + OURS.toUpperCase(java.util.Locale.ROOT), true),
            of("Cc", "Cc: Bob <bob@customer.example>, \"Shop, Support\" <" + OURS + ">", true),
            of("forged", "Cc: " + FORGED, false),
            of("none", "", false));
    List<Case> references =
        List.of(
            refs(
                "reply",
                "In-Reply-To: <a@x>\nReferences: <r@x> <b@x> <a@x>",
                "<a@x>",
                "<b@x>",
                "<r@x>"),
            refs(
                "only references", "References: <r@x>\n\t<b@x>\n <a@x>", "<a@x>", "<b@x>", "<r@x>"),
            refs("two in reply", "In-Reply-To: <a@x> <b@x>", "<a@x>", "<b@x>"),
            refs("obsolete phrase", "In-Reply-To: Your message of Monday <a@x>", "<a@x>"),
            refs("bare id", "In-Reply-To: a@x", "<a@x>"),
            refs("nothing", ""));
    List<Case> subjects =
        List.of(
            of("ticket number", "Subject: Re: [#ABC-123] Order", false),
            of("same subject", "Subject: AW: Re: Order", false));
    List<Case> all = new ArrayList<>();
    for (Case recipient : recipients) {
      for (Case reference : references) {
        for (Case subject : subjects) {
          all.add(
              new Case(
                  recipient.name() + ", " + reference.name() + ", " + subject.name(),
                  String.join("\n", recipient.headers(), reference.headers(), subject.headers()),
                  recipient.conversation(),
                  reference.references()));
        }
      }
    }
    return all.stream();
  }

  private static Case of(String name, String headers, boolean ours) {
    return new Case(name, headers, ours ? Mails.CONVERSATION : "", List.of());
  }

  private static Case refs(String name, String headers, String... ids) {
    return new Case(name, headers, "", List.of(ids));
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void R33_tokenThenReplyThenReferencesNeverTheSubject(Case mail) {
    String headers = mail.headers().replaceAll("(?m)^\n", "");
    MessageReceived message =
        Mails.read("From: ann@customer.example\nMessage-ID: <m@x>\n" + headers + "\n\nHello\n");
    assertThat(message.threading().conversationId()).isEqualTo(mail.conversation());
    assertThat(message.threading().references()).isEqualTo(mail.references());
    assertThat(message.replyTo())
        .isEqualTo(headers.contains("In-Reply-To") ? mail.references().get(0) : "");
    assertThat(message.threading().key()).isEmpty();
  }

  @Test
  void R33_theCorpusHasAtLeastSixtyMails() {
    assertThat(corpus().count()).isGreaterThanOrEqualTo(60);
  }

  @Test
  void atMostFiftyReferencesAreKeptNearestFirst() {
    String ids =
        String.join("\n ", IntStream.range(0, 200).mapToObj(i -> "<" + i + "@x>").toList());
    List<String> references =
        Mails.read(Mails.mail("References: " + ids + "\n", "Hello")).threading().references();
    assertThat(references).hasSize(50).startsWith("<199@x>", "<198@x>");
  }

  @Test
  void theSubjectIsDecodedForTheThread() {
    String mail = "From: a@b.example\nSubject: =?UTF-8?Q?Bestellung_f=C3=BCr?= Sie\n\nx";
    assertThat(Mails.read(mail).threading().subject()).isEqualTo("Bestellung für Sie");
  }
}
