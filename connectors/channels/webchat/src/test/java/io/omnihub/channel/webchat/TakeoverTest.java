package io.omnihub.channel.webchat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.omnihub.api.model.InboundEvent;
import io.omnihub.api.route.HubGateway.Kind;
import io.omnihub.testkit.harness.ConnectorHarness;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What somebody may try to become another visitor, or to see what is his. */
final class TakeoverTest {
  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G'};

  /** Ways to change the valid token of somebody else. */
  static Stream<UnaryOperator<String>> forgeries() {
    return Stream.of(
        token -> "",
        token -> ".",
        token -> token + "x",
        token -> token.substring(0, token.length() - 2),
        token -> token.substring(0, token.indexOf('.')),
        token -> token.substring(0, token.indexOf('.') + 1),
        token -> token.replace('.', ':'),
        TakeoverTest::asUser,
        token -> "x".repeat(9000) + token);
  }

  private static String asUser(String token) {
    int dot = token.indexOf('.');
    String json =
        new String(Base64.getUrlDecoder().decode(token.substring(0, dot)), StandardCharsets.UTF_8);
    String forged =
        json.replaceFirst("\"id\":\"[0-9a-f]{32}\"", "\"id\":\"user-4711\"")
            .replace("\"signed\":false", "\"signed\":true");
    assertThat(forged).isNotEqualTo(json);
    return Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(forged.getBytes(StandardCharsets.UTF_8))
        + token.substring(dot);
  }

  @ParameterizedTest
  @MethodSource("forgeries")
  void aTamperedTokenOpensNothing(UnaryOperator<String> forgery) {
    try (Shop shop = Shop.open()) {
      JsonNode victim = shop.session(Map.of());
      String forged = forgery.apply(victim.path("token").asText());

      assertThat(shop.tab(forged).socket.closeCode()).isEqualTo(4401);
      assertThat(shop.upload(forged, PNG, "image/png", "a.png").status()).isEqualTo(401);
      JsonNode session =
          shop.session(Map.of("visitor", forged.substring(0, Math.min(8000, forged.length()))));
      assertThat(session.path("resumed").asBoolean()).isFalse();
      assertThat(session.path("visitor")).isNotEqualTo(victim.path("visitor"));
    }
  }

  @Test
  void aTokenOfAnotherHubOpensNothing() {
    try (Shop other = Shop.open();
        Shop shop = Shop.open()) {
      assertThat(shop.tab(other.token()).socket.closeCode()).isEqualTo(4401);
    }
  }

  @Test
  void anExpiredTokenOpensNothing() {
    try (Shop shop = Shop.open(Map.of("session-ttl", "1h"))) {
      JsonNode first = shop.session(Map.of());
      shop.clock.advance(Duration.ofMinutes(59));
      assertThat(shop.tab(first.path("token").asText()).socket.closeCode()).isZero();

      shop.clock.advance(Duration.ofMinutes(1));
      assertThat(shop.tab(first.path("token").asText()).socket.closeCode()).isEqualTo(4401);
      JsonNode next = shop.session(Map.of("visitor", first.path("token").asText()));
      assertThat(next.path("visitor")).isNotEqualTo(first.path("visitor"));
    }
  }

  @Test
  void anOpenSocketEndsWithItsToken() {
    try (Shop shop = Shop.open(Map.of("session-ttl", "1h"))) {
      Shop.Tab tab = shop.tab(shop.token());
      shop.clock.advance(Duration.ofHours(2));
      tab.write("c1", "too late");

      assertThat(tab.socket.closeCode()).isEqualTo(4401);
      assertThat(shop.messages()).isEmpty();
    }
  }

  @Test
  void aTokenOutlivesARestart() {
    try (Shop shop = Shop.open()) {
      String token = shop.token();
      try (ConnectorHarness again =
          ConnectorHarness.start(
              new WebchatPlugin(),
              Map.of("allowed-origins", List.of(Shop.ORIGIN)),
              shop.clock,
              shop.state)) {
        assertThat(
                again
                    .http(
                        Kind.WEB,
                        "POST",
                        "files",
                        "",
                        PNG,
                        Map.of("Authorization", "Bearer " + token))
                    .status())
            .isEqualTo(200);
      }
    }
  }

  @Test
  void theTokenOfASignedUserDoesNotResumeWithoutHisSignature() {
    try (Shop shop = Shop.open()) {
      JsonNode ann = shop.session(Map.of("user", "ann", "signature", Shop.signed("ann")));
      String token = ann.path("token").asText();

      assertThat(shop.session(Map.of("visitor", token)).path("visitor"))
          .isNotEqualTo(ann.path("visitor"));
      JsonNode bob =
          shop.session(Map.of("visitor", token, "user", "bob", "signature", Shop.signed("bob")));
      assertThat(bob.path("visitor").asText()).isEqualTo("user-bob");
      assertThat(bob.path("resumed").asBoolean()).isFalse();
    }
  }

  @Test
  void anAnonymousTokenIsNoSignedOne() {
    try (Shop open = Shop.open()) {
      String token = open.token();
      try (ConnectorHarness strict =
          ConnectorHarness.start(
              new WebchatPlugin(),
              Map.of("visitor-secret", Shop.SECRET, "require-signed", true),
              open.clock,
              open.state)) {
        assertThat(
                strict
                    .http(
                        Kind.WEB,
                        "POST",
                        "files",
                        "",
                        PNG,
                        Map.of("Authorization", "Bearer " + token))
                    .status())
            .isEqualTo(401);
      }
    }
  }

  /** Ways to change the address of somebody else's file. */
  static Stream<UnaryOperator<String>> addresses() {
    return Stream.of(
        url -> url.substring(0, url.indexOf('?')),
        url -> url.replace("/files/0", "/files/1"),
        url -> url.replaceFirst("e=\\d+", "e=9999999999"),
        url -> url.replaceFirst("v=[^&]+", "v=AAAAAAAAAAAAAAAAAAAAAA"),
        url -> url.replaceFirst("s=.*", "s="),
        url -> url.replace("/files/0", "/files/../0"));
  }

  @ParameterizedTest
  @MethodSource("addresses")
  void anAddressServesOnlyWhatItWasSignedFor(UnaryOperator<String> change) {
    try (Shop shop = Shop.open()) {
      String url = uploaded(shop, shop.token());
      uploaded(shop, shop.token());

      assertThat(shop.load(url).status()).isEqualTo(200);
      assertThat(shop.load(change.apply(url)).status()).isEqualTo(403);
    }
  }

  @Test
  void anAddressEnds() {
    try (Shop shop = Shop.open()) {
      String url = uploaded(shop, shop.token());
      shop.clock.advance(Duration.ofDays(6));
      assertThat(shop.load(url).status()).isEqualTo(200);
      shop.clock.advance(Duration.ofDays(1));
      assertThat(shop.load(url).status()).isEqualTo(403);
    }
  }

  @Test
  void nobodySendsTheFileOfSomebodyElse() {
    try (Shop shop = Shop.open()) {
      String url = uploaded(shop, shop.token());
      Shop.Tab thief = shop.tab(shop.token());
      for (String stolen : List.of(url, "/api/v1/attachments/0", "https://evil.example.com/x")) {
        thief.say(
            Map.of(
                "t", "msg",
                "clientId", "c1",
                "parts", List.of(Map.of("type", "media", "url", stolen))));
        assertThat(thief.last().path("code").asText()).isEqualTo("bad-frame");
      }
      assertThat(shop.messages()).isEmpty();
    }
  }

  @Test
  void nobodyAcknowledgesWhatHeWasNotShown() {
    try (Shop shop = Shop.open()) {
      shop.tab(shop.token()).say(Map.of("t", "got", "id", "message-of-somebody-else"));

      assertThat(shop.events(InboundEvent.ReceiptReceived.class)).isEmpty();
    }
  }

  private static String uploaded(Shop shop, String token) {
    return Shop.json(shop.upload(token, PNG, "image/png", "a.png").text()).path("url").asText();
  }
}
