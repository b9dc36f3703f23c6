package io.omnihub.channel.email.mime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AutomaticMailTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Auto-Submitted: auto-replied",
        "Auto-Submitted: auto-generated; owner-email=\"x@y\"",
        "auto-submitted: AUTO-NOTIFIED",
        "Precedence: bulk",
        "Precedence: Junk",
        "Precedence: list",
        "Precedence: auto_reply",
        "List-Id: <news.shop.example>",
        "List-Unsubscribe: <mailto:x@y.example>",
        "X-Auto-Response-Suppress: All",
        "X-Auto-Response-Suppress: DR, OOF, AutoReply",
        "X-Autoreply: yes",
        "X-Autorespond: out of office",
        "X-Loop: ann@customer.example",
        "Feedback-ID: 1:2:3:mail",
        "Return-Path: <>",
        "X-Omnihub-Origin: hub.shop.example",
        "X-Omnihub-Origin: HUB.shop.example; account=mail",
        "Content-Type: multipart/report; report-type=disposition-notification; boundary=b",
      })
  void R34_aMachinesHeaderMakesItAutomatic(String header) {
    assertThat(Mails.read(Mails.mail(header, "I am away")).automatic()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MAILER-DAEMON@customer.example",
        "postmaster@customer.example",
        "no-reply@customer.example",
        "noreply@customer.example",
        "noreply+1234@customer.example",
        "do-not-reply@customer.example",
        "donotreply@customer.example",
        "owner-news@customer.example",
        "news-request@customer.example",
        "news-bounces@customer.example",
        "news-bounces+ann=customer.example@lists.example",
        "Support@Shop.Example",
      })
  void R34_aMachinesAddressMakesItAutomatic(String address) {
    assertThat(Mails.read("From: " + address + "\nSubject: x\n\nhello").automatic()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Auto-Submitted: no",
        "Precedence: normal",
        "Return-Path: <ann@customer.example>",
        "X-Auto-Response-Suppress: None",
        "X-Autoreply: no",
        "X-Omnihub-Origin: another.hub.example",
        "Comments: Auto: I am away",
        "X-Mailer: Auto-Submitted",
      })
  void R34_whatAPersonSendsIsNotAutomatic(String header) {
    assertThat(Mails.read(Mails.mail(header, "Auto: hello")).automatic()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ann.reply@customer.example", "owner@customer.example", "bounced.check@c.example"})
  void R34_anAddressThatOnlyResemblesAMachinesIsAPersons(String address) {
    assertThat(Mails.read("From: " + address + "\n\nhello").automatic()).isFalse();
  }
}
