package io.omnihub.channel.webchat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.omnihub.api.model.Claim;
import io.omnihub.api.model.Identity;
import io.omnihub.api.model.ProofLevel;
import io.omnihub.api.model.Sender;
import io.omnihub.testkit.harness.HttpReply;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class VisitorLoginTest {

  @ParameterizedTest(name = "secret {0}, required {1}, user {2}, signature {3}")
  @CsvSource({
    // secret, required, user, signature, status, who it is
    "yes, no,  '',   none,      200, anonymous",
    "yes, no,  4711, good,      200, signed",
    "yes, no,  4711, uppercase, 200, signed",
    "yes, no,  4711, none,      401, ''",
    "yes, no,  4711, wrong,     401, ''",
    "yes, no,  4711, other,     401, ''",
    "yes, yes, '',   none,      401, ''",
    "yes, yes, 4711, none,      401, ''",
    "yes, yes, 4711, good,      200, signed",
    "no,  no,  4711, none,      200, anonymous",
    "no,  no,  4711, good,      401, ''",
  })
  void signaturesDecideWhoSomebodyIs(
      String secret, String required, String user, String signature, int status, String who) {
    Map<String, Object> settings = new HashMap<>();
    if (secret.equals("yes")) {
      settings.put("visitor-secret", Shop.SECRET);
    }
    settings.put("require-signed", required.equals("yes"));
    try (Shop shop = Shop.with(settings)) {
      Map<String, String> body = new HashMap<>(Map.of("user", user));
      switch (signature) {
        case "good" -> body.put("signature", Shop.signed(user));
        case "uppercase" -> body.put("signature", Shop.signed(user).toUpperCase(Locale.ROOT));
        case "wrong" -> body.put("signature", "00");
        case "other" -> body.put("signature", Shop.signed("4712"));
        default -> assertThat(signature).isEqualTo("none");
      }
      HttpReply reply = shop.login(body);

      assertThat(reply.status()).isEqualTo(status);
      if (status == 200) {
        assertThat(Shop.json(reply.text()).path("visitor").asText())
            .matches(who.equals("signed") ? "user-4711" : "[0-9a-f]{32}");
      }
    }
  }

  @Test
  void aTokenFromBeforeResumes() {
    try (Shop shop = Shop.open()) {
      JsonNode first = shop.session(Map.of("name", "Ann"));
      JsonNode second = shop.session(Map.of("visitor", first.path("token").asText()));

      assertThat(first.path("resumed").asBoolean()).isFalse();
      assertThat(second.path("resumed").asBoolean()).isTrue();
      assertThat(second.path("visitor")).isEqualTo(first.path("visitor"));
      shop.tab(second.path("token").asText()).write("c1", "hello");
      assertThat(shop.messages().getFirst().from().name()).isEqualTo("Ann");
    }
  }

  @Test
  void eachNewVisitorHasAnIdOfHisOwn() {
    try (Shop shop = Shop.open()) {
      assertThat(shop.session(Map.of()).path("visitor"))
          .isNotEqualTo(shop.session(Map.of()).path("visitor"));
    }
  }

  @Test
  void whatIsTypedIsClaimedAndWhatIsSignedIsSigned() {
    try (Shop shop = Shop.open()) {
      JsonNode session =
          shop.session(
              Map.of(
                  "user", "4711",
                  "signature", Shop.signed("4711"),
                  "name", "Li Lei",
                  "email", "Li@Example.COM",
                  "phone", "+86 138-0013 8000",
                  "language", "zh-CN",
                  "page", "https://shop.example.com/cart"));
      shop.tab(session.path("token").asText()).write("c1", "hello");

      Sender from = shop.messages().getFirst().from();
      assertThat(from.identity()).isEqualTo(new Identity("webchat", "acc", "user-4711"));
      assertThat(from.name()).isEqualTo("Li Lei");
      assertThat(from.language()).isEqualTo("zh-CN");
      assertThat(from.claims())
          .containsExactly(
              new Claim(Identity.parse("external:acc/4711"), ProofLevel.SIGNED),
              new Claim(Identity.parse("email:Li@example.com"), ProofLevel.CLAIMED),
              new Claim(Identity.parse("tel:+8613800138000"), ProofLevel.CLAIMED));
      assertThat(shop.messages().getFirst().attributes())
          .containsEntry("page", "https://shop.example.com/cart");
    }
  }

  @Test
  void R20_anUnsignedUserIsOnlyClaimed() {
    try (Shop shop = Shop.with(Map.of())) {
      String token = shop.session(Map.of("user", "4711")).path("token").asText();
      shop.tab(token).write("c1", "hello");

      assertThat(shop.messages().getFirst().from().claims())
          .containsExactly(new Claim(Identity.parse("external:acc/4711"), ProofLevel.CLAIMED));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0138 123", "+86 138 x", "+12", "138@", "+", "++4912345678"})
  void whatIsNoNumberOrAddressIsNoClaim(String typed) {
    try (Shop shop = Shop.open()) {
      String token = shop.session(Map.of("phone", typed, "email", typed)).path("token").asText();
      shop.tab(token).write("c1", "hello");

      assertThat(shop.messages().getFirst().from().claims()).isEmpty();
    }
  }

  @Test
  void aPageThatIsNoWebPageIsForgotten() {
    try (Shop shop = Shop.open()) {
      String token = shop.session(Map.of("page", "javascript:alert(1)")).path("token").asText();
      shop.tab(token).write("c1", "hello");

      assertThat(shop.messages().getFirst().attributes()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "[]",
        "null",
        "{\"user\":1}",
        "{\"name\":{}}",
        "{\"name\":\"a\\u0000b\"}",
        "{\"user\":\"a\",\"user\":\"b\"}"
      })
  void malformedRequestsAre400(String body) {
    try (Shop shop = Shop.open()) {
      HttpReply reply = shop.post("session", body, Map.of());

      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.headers()).containsEntry("Content-Type", "application/problem+json");
      assertThat(Shop.json(reply.text()).path("type").asText())
          .isEqualTo("urn:omnihub:problem:bad-request");
    }
  }

  @Test
  void tooMuchIs413OrRefused() {
    try (Shop shop = Shop.open()) {
      assertThat(shop.login(Map.of("name", "x".repeat(20_000))).status()).isEqualTo(413);
      assertThat(shop.login(Map.of("user", "x".repeat(129))).status()).isEqualTo(400);
    }
  }

  @Test
  void theAnswerSaysHowTheWidgetLooks() {
    try (Shop shop = Shop.open(Map.of("title", "Ask us", "greeting", "您好", "accent", "#ffcc00"))) {
      HttpReply reply = shop.login(Map.of());

      JsonNode session = Shop.json(reply.text());
      assertThat(session.path("title").asText()).isEqualTo("Ask us");
      assertThat(session.path("greeting").asText()).isEqualTo("您好");
      assertThat(session.path("accent").asText()).isEqualTo("#ffcc00");
      assertThat(reply.headers()).containsEntry("Cache-Control", "no-store");
    }
  }

  @Test
  void R32_theSecretIsInNoAnswer() {
    try (Shop shop = Shop.open()) {
      List<HttpReply> replies =
          List.of(
              shop.login(Map.of("user", "4711", "signature", Shop.signed("4711"))),
              shop.login(Map.of("user", "4711", "signature", "00")));

      assertThat(replies).noneMatch(reply -> reply.text().contains(Shop.SECRET));
    }
  }
}
