package io.omnihub.channel.email.mime;

import static org.assertj.core.api.Assertions.assertThat;

import io.omnihub.api.model.InboundEvent.MessageReceived;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Text whose bytes are not what the mail says that they are. */
class CharsetsTest {
  private static final List<String> CHINESE =
      List.of(
          "您好，我的订单还没有收到，请帮我查一下物流。",
          "朱镕基先生的快递", // a name that is in GB18030 only
          "发票抬头：喆喆商贸有限公司",
          "请问价格是多少？谢谢！",
          "商品有破损，我要退货",
          "€ 符号和繁體字混用");
  private static final List<String> JAPANESE =
      List.of("注文した商品がまだ届きません。", "株式会社①㈱ﾃｽﾄ", "髙橋と申します", "～お問い合わせ～", "領収書をお願いします");
  private static final List<String> WESTERN =
      List.of(
          "Grüße – “sehr dringend”",
          "Ça coûte 20 €…",
          "Señor Muñoz’s order",
          "Æbleskiver & Ørsted");

  static Stream<Arguments> labelled() {
    List<Arguments> cases = new ArrayList<>();
    add(cases, CHINESE, "GB18030", "gb2312", "GB2312", "\"gb_2312-80\"", "gbk", "x-gbk", "cp936");
    add(cases, CHINESE, "UTF-8", "utf-8", "utf8", "UTF-8;", "gb2312-unknown", "8bit", "");
    add(cases, JAPANESE, "windows-31J", "shift_jis", "Shift-JIS", "x-sjis", "cp932");
    add(cases, JAPANESE, "x-windows-50221", "iso-2022-jp", "ISO-2022-JP", "iso-2022-jp-ms", "");
    add(cases, List.of("ありがとう", "カタカナとひらがな"), "GB18030", "gb2312");
    add(cases, List.of("안녕하세요 주문 확인", "똠방각하"), "MS949", "ks_c_5601-1987", "euc-kr", "KS_C_5601");
    add(cases, List.of("訂單還沒收到", "請問價格"), "Big5", "big5", "Big5");
    add(cases, WESTERN, "windows-1252", "iso-8859-1", "latin1", "windows-1252");
    add(cases, WESTERN, "UTF-8", "iso-8859-1", "us-ascii", "unknown-8bit");
    add(cases, List.of("Заказ не пришёл"), "KOI8-R", "koi8-r");
    add(cases, List.of("İstanbul siparişi"), "windows-1254", "iso-8859-9");
    add(cases, List.of("สวัสดีครับ"), "x-windows-874", "tis-620", "iso-8859-11");
    return cases.stream();
  }

  private static void add(
      List<Arguments> cases, List<String> texts, String charset, String... labels) {
    for (String text : texts) {
      for (String label : labels) {
        cases.add(Arguments.of(text, charset, label));
      }
    }
  }

  @ParameterizedTest(name = "{0} in {1} called {2}")
  @MethodSource("labelled")
  void R36_theTextComesOutWhateverTheLabel(String text, String charset, String label) {
    byte[] bytes = text.getBytes(Charset.forName(charset));
    assertThat(Charsets.decode(bytes, label)).isEqualTo(text);
    String type = label.isEmpty() ? "" : "Content-Type: text/plain; charset=" + label + "\n";
    MessageReceived message = Mails.read(withBody(type, bytes));
    assertThat(Mails.text(message)).isEqualTo(text);
  }

  private static byte[] withBody(String headers, byte[] body) {
    ByteArrayOutputStream mail = new ByteArrayOutputStream();
    mail.writeBytes(Mails.mail(headers, "").getBytes(StandardCharsets.UTF_8));
    mail.writeBytes(body);
    return mail.toByteArray();
  }

  static Stream<Arguments> unlabelled() {
    return Stream.of(
        Arguments.of("GB18030", "您好，我上个星期在你们网站上买的手机还没有收到，能不能帮我查一下现在到哪里了？谢谢。"),
        Arguments.of("GB18030", "我想退货，商品的包装已经打开了，但是没有使用过，请告诉我怎么办理手续。"),
        Arguments.of("windows-31J", "先週注文した商品がまだ届いていません。配送状況を確認していただけますか。よろしくお願いします。"),
        Arguments.of("EUC-JP", "先週注文した商品がまだ届いていません。配送状況を確認していただけますか。よろしくお願いします。"),
        Arguments.of("MS949", "지난주에 주문한 상품이 아직 도착하지 않았습니다. 배송 상태를 확인해 주시겠습니까? 감사합니다."),
        Arguments.of("Big5", "您好，我上個星期在你們網站上買的手機還沒有收到，能不能幫我查一下現在到哪裡了？謝謝。"),
        Arguments.of(
            "windows-1251",
            "Здравствуйте, мой заказ ещё не пришёл. Проверьте, пожалуйста, где он сейчас находится."),
        Arguments.of(
            "KOI8-R",
            "Здравствуйте, мой заказ еще не пришел. Проверьте, пожалуйста, где он сейчас находится."),
        Arguments.of(
            "windows-1252",
            "Die Bestellung ist noch nicht da, können Sie bitte prüfen, wo sie bleibt? Grüße aus München"),
        Arguments.of(
            "windows-1252",
            "La commande n'est pas encore arrivée, pouvez-vous vérifier où elle se trouve à présent ?"),
        Arguments.of("UTF-8", "Grüße 你好 こんにちは"),
        Arguments.of("UTF-8", "é"));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("unlabelled")
  void R36_eightBitTextWithoutALabelIsDetected(String charset, String text) {
    byte[] bytes = text.getBytes(Charset.forName(charset));
    assertThat(Charsets.decode(bytes, "")).isEqualTo(text);
    assertThat(Charsets.decode(bytes, "us-ascii")).isEqualTo(text);
    assertThat(Charsets.decode(bytes, "no-such-charset")).isEqualTo(text);
  }

  static Stream<Arguments> headers() {
    byte[] utf8 = "张三丰你好".getBytes(StandardCharsets.UTF_8);
    byte[] gbk = "张三丰".getBytes(Charset.forName("GBK"));
    return Stream.of(
        Arguments.of(
            "split inside of a character",
            word("utf-8", utf8, 0, 4) + " " + word("utf-8", utf8, 4, 15),
            "张三丰你好"),
        Arguments.of(
            "split in GBK, folded",
            word("gb2312", gbk, 0, 3) + "\r\n " + word("gb2312", gbk, 3, 6),
            "张三丰"),
        Arguments.of("base64 cut in the middle", "=?utf-8?B?5byg5L?= =?utf-8?B?iJ?=", "张三"),
        Arguments.of(
            "words without a blank", word("utf-8", utf8, 0, 3) + word("utf-8", utf8, 3, 6), "张三"),
        Arguments.of("two charsets", "=?gb2312?B?1cU=?= =?utf-8?B?5LiJ?=", "张三"),
        Arguments.of(
            "plain between words", "=?utf-8?Q?a=C3=A4?= and =?utf-8?Q?=C3=B6?=", "aä and ö"),
        Arguments.of(
            "blanks inside of Q", "=?utf-8?Q?Gr=C3=BC=C3=9Fe aus Wien?=", "Grüße aus Wien"),
        Arguments.of("underscore is a blank", "=?iso-8859-1?Q?Gr=FC=DFe_=80?=", "Grüße €"),
        Arguments.of("language tag", "=?utf-8*de?Q?Gr=C3=BC=C3=9Fe?=", "Grüße"),
        Arguments.of("in the middle of a word", "Re:=?utf-8?B?5byg?=x", "Re:张x"),
        Arguments.of("Japanese", "=?ISO-2022-JP?B?GyRCQ21KOBsoQg==?=", "注文"),
        Arguments.of("not an encoded word", "=?utf-8?X?abc?= a=?b", "=?utf-8?X?abc?= a=?b"));
  }

  private static String word(String charset, byte[] bytes, int from, int to) {
    byte[] part = java.util.Arrays.copyOfRange(bytes, from, to);
    return "=?" + charset + "?B?" + Base64.getEncoder().encodeToString(part) + "?=";
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("headers")
  void R36_encodedWordsAreJoinedAndDecoded(String name, String raw, String expected) {
    assertThat(Mails.read("From: a@b.example\nSubject: " + raw + "\n\nx").threading().subject())
        .isEqualTo(expected);
  }

  @Test
  void R36_rawEightBitHeadersTakeTheCharsetOfTheBody() {
    ByteArrayOutputStream mail = new ByteArrayOutputStream();
    mail.writeBytes(
        "From: a@b.example\nContent-Type: text/plain; charset=gb2312\nSubject: "
            .getBytes(StandardCharsets.US_ASCII));
    mail.writeBytes("张三".getBytes(Charset.forName("GBK")));
    mail.writeBytes("\n\nx".getBytes(StandardCharsets.US_ASCII));
    assertThat(Mails.read(mail.toByteArray()).threading().subject()).isEqualTo("张三");
    assertThat(Mails.read("From: a@b.example\nSubject: Säying\n\nx").threading().subject())
        .isEqualTo("Säying");
  }

  @Test
  void utf7IsRead() {
    assertThat(Charsets.decode("Hi +ZeVnLIqe- +- ok".getBytes(StandardCharsets.US_ASCII), "utf-7"))
        .isEqualTo("Hi 日本語 + ok");
  }

  static Stream<Arguments> fileNames() {
    return Stream.of(
        Arguments.of("attachment; filename=\"plain.pdf\"", "plain.pdf"),
        Arguments.of("attachment; filename=My File.pdf", "My File.pdf"),
        Arguments.of("attachment; filename=\"a;b.pdf\"", "a;b.pdf"),
        Arguments.of("attachment; filename*=UTF-8''%E5%8F%91%E7%A5%A8.pdf", "发票.pdf"),
        Arguments.of("attachment; filename*=gb2312'zh'%B7%A2%C6%B1.pdf", "发票.pdf"),
        Arguments.of(
            "attachment; filename*0*=UTF-8''%E5%8F; filename*1*=%91%E7%A5%A8; filename*2=.pdf",
            "发票.pdf"),
        Arguments.of("attachment; filename*1=b.pdf; filename*0=a", "ab.pdf"),
        Arguments.of("attachment; filename=\"=?utf-8?B?5Y+R56Wo?=.pdf\"", "发票.pdf"),
        Arguments.of("attachment; filename=\"=?gb2312?B?t6LGsS5wZGY=?=\"", "发票.pdf"),
        Arguments.of("attachment; filename=\"发票.pdf\"", "发票.pdf"),
        Arguments.of("attachment; filename=\"C:\\reports\\a.pdf\"", "a.pdf"),
        Arguments.of("attachment; filename=\"../../etc/passwd\"", "passwd"),
        Arguments.of("attachment; filename=old.pdf; filename*=UTF-8''new.pdf", "new.pdf"));
  }

  @ParameterizedTest
  @MethodSource("fileNames")
  void R36_fileNamesAreReadInEveryNotation(String disposition, String expected) {
    String mail =
        Mails.mail(
            "Content-Type: application/pdf\nContent-Disposition: " + disposition, "%PDF-1.4");
    assertThat(Mails.media(Mails.read(mail)).get(0).name()).isEqualTo(expected);
  }
}
