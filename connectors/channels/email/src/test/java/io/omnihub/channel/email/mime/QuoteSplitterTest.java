package io.omnihub.channel.email.mime;

import static org.assertj.core.api.Assertions.assertThat;

import io.omnihub.channel.email.mime.QuoteSplitter.Split;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuoteSplitterTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "On Tue, Mar 3, 2026 at 9:15 AM Shop Support <support@shop.example> wrote:",
        "On 3 Mar 2026, at 09:15, Shop Support\n<support@shop.example> wrote:",
        "On Tue, Mar 3, 2026 at 9:15 AM Shop Support <\nsupport@shop.example>\nwrote:",
        "Am 03.03.2026 um 09:15 schrieb Shop Support <support@shop.example>:",
        "Am Di., 3. März 2026 um 09:15 Uhr schrieb Shop Support <\nsupport@shop.example>:",
        "Shop Support <support@shop.example> schrieb am Di., 3. März 2026, 09:15:",
        "Le mar. 3 mars 2026 à 09:15, Shop Support <support@shop.example> a écrit :",
        "Op di 3 mrt 2026 om 09:15 schreef Shop Support <support@shop.example>:",
        "Em ter., 3 de mar. de 2026 às 09:15, Shop <support@shop.example> escreveu:",
        "W dniu wt., 3.03.2026 o 09:15 Shop Support <support@shop.example> napisał(a):",
        "Den tis 3 mars 2026 kl 09:15 skrev Shop Support <support@shop.example>:",
        "Den tirs. 3. mar. 2026 kl. 09.15 skrev Shop <support@shop.example>:",
        "På 3. mars 2026 kl. 09:15 skrev Shop Support:",
        "Vào Th 3, 3 thg 3, 2026 vào lúc 09:15 Shop <support@shop.example> đã viết:",
        "El mar, 3 mar 2026 a las 9:15, Shop Support (<support@shop.example>) escribió:",
        "Il giorno mar 3 mar 2026 alle ore 09:15 Shop <support@shop.example> ha scritto:",
        "在 2026年3月3日，09:15，Shop Support <support@shop.example> 写道：",
        "在2026-03-03 09:15:00，\"Shop Support\" <support@shop.example> 写道：",
        "Shop <support@shop.example> 于2026年3月3日周二 09:15写道：",
        "2026年3月3日(火) 9:15 Shop Support <support@shop.example>:",
        "2026-03-03 9:15 GMT+01:00 Shop Support <support@shop.example>:",
        "-----Original Message-----",
        "-----Ursprüngliche Nachricht-----",
        "----- Message d'origine -----",
        "-----Oorspronkelijk bericht-----",
        "-----Mensagem original-----",
        "-----Wiadomość oryginalna-----",
        "-----Ursprungligt meddelande-----",
        "-----Oprindelig meddelelse-----",
        "------------------ 原始邮件 ------------------",
        "-----原始邮件-----",
        "## Please type your reply above this line ##",
        "From: Shop <support@shop.example>\nSent: Tuesday, March 3, 2026 9:15 AM\nTo: Ann\nSubject: Order",
        "*From:* Shop Support\n*Date:* Tuesday, 3 March 2026\n*To:* Ann\n*Subject:* Order",
        "________________________________\nFrom: Shop <support@shop.example>\nSent: Tuesday",
        "Von: Shop <support@shop.example>\nGesendet: Dienstag, 3. März 2026 09:15\nAn: Ann\nBetreff: Order",
        "De : Shop <support@shop.example>\nEnvoyé : mardi 3 mars 2026\nÀ : Ann\nObjet : Order",
        "Van: Shop <support@shop.example>\nVerzonden: dinsdag 3 maart\nAan: Ann\nOnderwerp: Order",
        "De: Shop <support@shop.example>\nEnviado: terça-feira\nPara: Ann\nAssunto: Order",
        "Od: Shop <support@shop.example>\nWysłano: wtorek\nDo: Ann\nTemat: Order",
        "Från: Shop <support@shop.example>\nSkickat: den 3 mars\nTill: Ann\nÄmne: Order",
        "发件人: Shop <support@shop.example>\n发送时间: 2026年3月3日 9:15\n收件人: Ann\n主题: Order",
        "发件人：Shop\n日期：2026年3月3日\n收件人：Ann\n主题：Order",
        "差出人: Shop\n送信日時: 2026年3月3日\n宛先: Ann\n件名: Order",
        "Từ: Shop <support@shop.example>\nNgày: 3 tháng 3\nĐến: Ann\nChủ đề: Order",
      })
  void whatStandsBelowTheMarkIsQuoted(String mark) {
    Split split = QuoteSplitter.split("My answer\n\n" + mark + "\n\n> the question\n", "Re: Order");
    assertThat(split.fresh()).isEqualTo("My answer");
    assertThat(split.quoted()).startsWith(mark.lines().findFirst().orElseThrow());
    assertThat(split.quoted()).endsWith("> the question");
  }

  static Stream<String> whole() {
    return Stream.of(
        "Just words, nothing else.",
        "On Monday I wrote:\nnothing came.",
        "Prices:\nFrom: 10 Euro\nTo: 20 Euro",
        "I have 2 questions:\n1. When?\n2. Where?",
        "a > b is true\nand c",
        "On 3 March I ordered a lamp, on 5 March I wrote you: no answer.",
        "On 3 Mar 2026, at 09:15, Shop wrote:\n> everything is quoted",
        "> only\n> a quotation",
        "See below\n\n---------- Forwarded message ---------\nFrom: Bob <b@x.example>\nDate: today\nTo: Ann\n",
        "FYI\n\nBegin forwarded message:\n\nFrom: Bob <b@x.example>\nSubject: x\nTo: Ann\n",
        "请看\n\n---------- 转发的邮件 ----------\n发件人: Bob\n日期: 2026\n收件人: Ann\n主题: x\n",
        "> When?\nOn Monday.\n> Where?\nIn Berlin.",
        "On 3 Mar 2026, Shop wrote:\n> When?\nMonday\n> Where?\nBerlin");
  }

  @ParameterizedTest
  @MethodSource("whole")
  void inDoubtTheTextStaysWhole(String text) {
    assertThat(QuoteSplitter.split(text, "Order")).isEqualTo(new Split(text.strip(), ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Fwd: Order",
        "FW: Order",
        "WG: Order",
        "TR: Commande",
        "转发: 订单",
        "Re: Fwd: Order"
      })
  void aForwardedMailIsNotCut(String subject) {
    String text = "See below\n\nFrom: Bob <b@x.example>\nSent: today\nTo: Ann\nSubject: x\n\nhello";
    assertThat(QuoteSplitter.split(text, subject).fresh()).isEqualTo(text);
  }

  @Test
  void anAnswerBelowTheQuotationIsTheNewText() {
    String text = "On 3 Mar 2026, Shop wrote:\n> When?\n> Where?\n\nOn Monday, in Berlin.";
    Split split = QuoteSplitter.split(text, "Re: Order");
    assertThat(split.fresh()).isEqualTo("On Monday, in Berlin.");
    assertThat(split.quoted()).startsWith("On 3 Mar 2026").endsWith("> Where?");
  }

  @Test
  void quotedLinesAtTheEndNeedNoAttribution() {
    assertThat(QuoteSplitter.split("Yes.\n\n> Really?\n> Sure?\n\n", "Re: x"))
        .isEqualTo(new Split("Yes.", "> Really?\n> Sure?"));
  }

  @Test
  void hugeLinesAndTextsAreSplitInTime() {
    String line = "On 1 ".repeat(100_000) + "\n";
    String text = "x\n" + line + "> a\n".repeat(50_000) + "On 1 a 1 b\n".repeat(900);
    assertThat(QuoteSplitter.split(text, "").fresh()).startsWith("x");
  }

  @Test
  void subjectsAreNotTakenForForwardsByAccident() {
    for (String subject : List.of("Re: Order", "AW: Order", "Try: this", "Forward planning")) {
      assertThat(QuoteWords.isForwardSubject(subject)).as(subject).isFalse();
    }
  }
}
