package io.omnihub.channel.email.mime;

import static org.assertj.core.api.Assertions.assertThat;

import io.omnihub.api.model.Claim;
import io.omnihub.api.model.InboundEvent.MessageReceived;
import io.omnihub.api.model.ProofLevel;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SenderTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Ann@Customer.EXAMPLE | ann@customer.example | ``",
        "Ann Lee <ann@customer.example> | ann@customer.example | Ann Lee",
        "\"Lee, Ann\" <ann@customer.example> | ann@customer.example | Lee, Ann",
        "\"Ann \\\"A\\\" Lee\" <ann@customer.example> | ann@customer.example | Ann A Lee",
        "ann@customer.example (Ann Lee) | ann@customer.example | Ann Lee",
        "=?utf-8?B?5byg5LiJ?= <z@customer.example> | z@customer.example | 张三",
        "\"=?gb2312?B?1cXI/Q==?=\" <z@customer.example> | z@customer.example | 张三",
        "Jürgen <j@mächine.example> | j@xn--mchine-bua.example | Jürgen",
        "Ann <ann@customer.example>, Bob <bob@customer.example> | ann@customer.example | Ann",
        "Team: Ann <ann@customer.example>; | ann@customer.example | Ann",
        "Ann <@relay.example:ann@customer.example> | ann@customer.example | Ann",
        "'Ann Lee' <ann@customer.example> | ann@customer.example | Ann Lee",
        "Ann <ann@[192.0.2.1]> | ann@[192.0.2.1] | Ann",
        "Ann@Home <ann@customer.example> | ann@customer.example | Ann@Home",
      })
  void theSenderIsReadFromItsHeader(String header, String address, String name) {
    MessageReceived message = Mails.read("From: " + header + "\nSubject: x\n\nhello");
    assertThat(message.from().identity()).hasToString("email:" + address);
    assertThat(message.from().name()).isEqualTo(name);
  }

  @Test
  void anAnswerGoesToReplyToAndElseToFrom() {
    assertThat(Mails.read(Mails.mail("", "x")).address()).isEqualTo("ann@customer.example");
    assertThat(Mails.read(Mails.mail("Reply-To: Desk <Desk@customer.example>", "x")).address())
        .isEqualTo("desk@customer.example");
  }

  @Test
  void withoutFromTheNextBestHeaderTells() {
    assertThat(Mails.read("Return-Path: <ann@customer.example>\nSubject: x\n\ny").sender())
        .hasToString("email:ann@customer.example");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mx.shop.example; dmarc=pass (p=REJECT) header.from=customer.example | ASSERTED",
        "MX.shop.example 1; spf=pass; dkim=pass header.d=customer.example; dmarc=pass | ASSERTED",
        "mx.shop.example; dmarc=pass header.from=evil.example | CLAIMED",
        "mx.shop.example; dmarc=fail header.from=customer.example | CLAIMED",
        "mx.shop.example; spf=pass smtp.mailfrom=customer.example; dkim=pass | CLAIMED",
        "mx.shop.example (dmarc=pass; dmarc=pass) ; dmarc=none | CLAIMED",
        "mx.shop.example.evil; dmarc=pass header.from=customer.example | CLAIMED",
        "evil.example; mx.shop.example; dmarc=pass header.from=customer.example | CLAIMED",
        "mx.shop.example; none | CLAIMED",
      })
  void onlyTheReceivingServersVerdictProvesTheSender(String results, ProofLevel expected) {
    MessageReceived message = Mails.read(Mails.mail("Authentication-Results: " + results, "hello"));
    assertThat(message.from().claims()).isEqualTo(List.of(new Claim(message.sender(), expected)));
  }

  @Test
  void aVerdictBelowAnotherServersIsForged() {
    String forged =
        """
            Authentication-Results: other.example; dmarc=fail
            Authentication-Results: mx.shop.example; dmarc=pass header.from=customer.example
            """;
    assertThat(proof(Mails.mail(forged, "hello"))).isEqualTo(ProofLevel.CLAIMED);
  }

  @Test
  void twoSendersProveNothing() {
    String headers =
        "Authentication-Results: mx.shop.example; dmarc=pass\nFrom: boss@customer.example\n";
    assertThat(proof(Mails.mail(headers, "hello"))).isEqualTo(ProofLevel.CLAIMED);
  }

  private static ProofLevel proof(String mail) {
    return Mails.read(mail).from().claims().get(0).proof();
  }

  @Test
  void recipientsAndDateAreAttributes() {
    MessageReceived message =
        Mails.read(
            Mails.mail(
                "Cc: Bob <BOB@x.example>, c@x.example\nDate: Sun, 1 Mar 2026 08:30:00 +0100", "x"));
    assertThat(message.attributes())
        .containsEntry("to", List.of("support@shop.example"))
        .containsEntry("cc", List.of("bob@x.example", "c@x.example"))
        .containsEntry("date", "2026-03-01T07:30:00Z");
    assertThat(message.at()).isEqualTo(Mails.RECEIVED);
  }
}
