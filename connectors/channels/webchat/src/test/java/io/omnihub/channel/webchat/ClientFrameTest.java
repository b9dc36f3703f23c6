package io.omnihub.channel.webchat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.omnihub.api.model.Part;
import io.omnihub.channel.webchat.WebchatErrors.Reason;
import io.omnihub.channel.webchat.WebchatErrors.Refusal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ClientFrameTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "\"msg\"",
        "{",
        "{}",
        "{\"t\":\"nonsense\"}",
        "{\"t\":{}}",
        "{\"t\":\"msg\",\"t\":\"ping\"}",
        "{\"t\":\"msg\",\"text\":\"no id\"}",
        "{\"t\":\"msg\",\"clientId\":\"a/b\",\"text\":\"x\"}",
        "{\"t\":\"msg\",\"clientId\":\"a:b\",\"text\":\"x\"}",
        "{\"t\":\"msg\",\"clientId\":7,\"text\":\"x\"}",
        "{\"t\":\"msg\",\"clientId\":\"c\"}",
        "{\"t\":\"msg\",\"clientId\":\"c\",\"text\":\"  \"}",
        "{\"t\":\"msg\",\"clientId\":\"c\",\"text\":[\"x\"]}",
        "{\"t\":\"msg\",\"clientId\":\"c\",\"text\":\"x\",\"replyTo\":{}}",
        "{\"t\":\"msg\",\"clientId\":\"c\",\"parts\":[]}",
        "{\"t\":\"msg\",\"clientId\":\"c\",\"parts\":{}}",
        "{\"t\":\"msg\",\"clientId\":\"c\",\"parts\":[null]}",
        "{\"t\":\"msg\",\"clientId\":\"c\",\"parts\":[{\"type\":\"card\",\"title\":\"x\"}]}",
        "{\"t\":\"msg\",\"clientId\":\"c\",\"parts\":[{\"type\":\"unsupported\"}]}",
        "{\"t\":\"msg\",\"clientId\":\"c\",\"parts\":[{\"type\":\"media\"}]}",
        "{\"t\":\"msg\",\"clientId\":\"c\",\"parts\":[{\"type\":\"choice\"}]}",
        "{\"t\":\"msg\",\"clientId\":\"c\",\"parts\":[{\"type\":\"location\",\"latitude\":\"1\"}]}",
        "{\"t\":\"msg\",\"clientId\":\"c\",\"parts\":[{\"type\":\"location\",\"latitude\":91,\"longitude\":0}]}",
        "{\"t\":\"choice\",\"clientId\":\"c\"}",
        "{\"t\":\"hello\",\"token\":\"x\",\"after\":-1}",
        "{\"t\":\"hello\",\"token\":\"x\",\"after\":1.5}",
        "{\"t\":\"hello\",\"token\":\"x\",\"after\":\"1\"}",
        "{\"t\":\"hello\",\"token\":\"x\",\"after\":99999999999999999999}",
      })
  void badFramesAreErrorsAndNeverExceptions(String frame) {
    assertThat(refusal(frame).reason()).isEqualTo(Reason.BAD_FRAME);
    try (Shop shop = Shop.open()) {
      Shop.Tab tab = shop.tab(shop.token());
      tab.say(frame);

      assertThat(tab.last().path("t").asText()).isEqualTo("error");
      assertThat(tab.last().path("code").asText()).isEqualTo("bad-frame");
      assertThat(tab.socket.closeCode()).isZero();
      assertThat(shop.hub.events()).isEmpty();
    }
  }

  @Test
  void whatIsTooLongIsRefused() throws Refusal {
    assertThat(ClientFrame.parse(message("x".repeat(4000)))).isInstanceOf(ClientFrame.Say.class);
    assertThat(refusal(message("x".repeat(4001))).reason()).isEqualTo(Reason.TOO_LARGE);
    assertThat(refusal(message("x".repeat(4001))).clientId()).isEqualTo("c");
    assertThat(refusal(message("x".repeat(65_536))).reason()).isEqualTo(Reason.TOO_LARGE);
    assertThat(refusal(message("界".repeat(30_000))).reason()).isEqualTo(Reason.TOO_LARGE);
    assertThat(refusal("[".repeat(5000)).reason()).isEqualTo(Reason.BAD_FRAME);
  }

  @Test
  void manyPartsAreOneText() {
    String part = "{\"type\":\"text\",\"text\":\"" + "x".repeat(3000) + "\"}";
    String frame = "{\"t\":\"msg\",\"clientId\":\"c\",\"parts\":[" + part + "," + part + "]}";

    assertThat(refusal(frame).reason()).isEqualTo(Reason.TOO_LARGE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[a](javascript:alert(1))",
        "\"}],\"t\":\"ack\"",
        "\u202Egnp.exe",
        "';DROP TABLE message;--",
      })
  void hostileWordsStayWords(String words) {
    try (Shop shop = Shop.open()) {
      String token =
          shop.session(Map.of("name", words.replace("\u202E", ""))).path("token").asText();
      Shop.Tab writer = shop.tab(token);
      Shop.Tab watcher = shop.tab(token);
      writer.say(
          Map.of(
              "t", "msg",
              "clientId", "c",
              "parts", List.of(Map.of("type", "text", "text", words, "format", "html"))));

      assertThat(shop.messages().getFirst().parts())
          .containsExactly(new Part.Text(words, Part.Format.PLAIN));
      assertThat(watcher.last().at("/parts/0/text").asText()).isEqualTo(words);
      assertThat(watcher.last().at("/parts/0/format").asText()).isEqualTo("plain");
    }
  }

  @Test
  void nulIsLeftOut() throws Refusal {
    ClientFrame.Say say = (ClientFrame.Say) ClientFrame.parse(message("a\\u0000b"));

    assertThat(say.parts()).containsExactly(Part.Text.plain("ab"));
  }

  @Test
  void aPlaceIsTaken() throws Refusal {
    ClientFrame.Say say =
        (ClientFrame.Say)
            ClientFrame.parse(
                "{\"t\":\"msg\",\"clientId\":\"c\",\"parts\":[{\"type\":\"location\","
                    + "\"latitude\":31.2,\"longitude\":121,\"name\":\"上海\"}]}");

    assertThat(say.parts()).containsExactly(new Part.Location(31.2, 121, "上海", ""));
  }

  private static String message(String text) {
    return "{\"t\":\"msg\",\"clientId\":\"c\",\"text\":\"" + text + "\"}";
  }

  private static Refusal refusal(String frame) {
    Refusal[] caught = new Refusal[1];
    assertThatThrownBy(() -> ClientFrame.parse(frame))
        .isInstanceOfSatisfying(Refusal.class, refusal -> caught[0] = refusal);
    return caught[0];
  }
}
