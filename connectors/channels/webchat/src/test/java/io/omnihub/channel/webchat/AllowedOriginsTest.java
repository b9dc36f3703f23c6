package io.omnihub.channel.webchat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.omnihub.api.route.HubGateway.Kind;
import io.omnihub.testkit.harness.HttpReply;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AllowedOriginsTest {
  private static final URI HUB = URI.create("https://hub.example.com:443");

  @ParameterizedTest
  @CsvSource({
    // listed, origin, allowed
    "'', https://hub.example.com, true",
    "'', http://hub.example.com, false",
    "'', http://localhost:8080, true",
    "'', http://127.0.0.1, true",
    "'', https://localhost, false",
    "'', http://localhost.evil.com, false",
    "'', http://127.0.0.1.evil.com:80, false",
    "'', http://localhost:80@evil.com, false",
    "'', null, false",
    "'', '', true",
    "*, https://anything.example, true",
    "*, null, true",
    "https://shop.example.com, https://shop.example.com, true",
    "https://shop.example.com, HTTPS://Shop.Example.com, true",
    "https://shop.example.com/, https://shop.example.com, true",
    "https://shop.example.com:443, https://shop.example.com, true",
    "https://shop.example.com, https://shop.example.com:8443, false",
    "https://shop.example.com, http://shop.example.com, false",
    "https://shop.example.com, https://shop.example.com.evil.com, false",
    "https://shop.example.com, https://evil-shop.example.com, false",
    "https://shop.example.com, http://localhost:8080, false",
    "https://shop.example.com, https://hub.example.com, false",
  })
  void onlyListedPagesMayTalk(String listed, String origin, boolean allowed) {
    List<String> list = listed.isEmpty() ? List.of() : List.of(listed);

    assertThat(AllowedOrigins.of(list, HUB).allow(origin)).isEqualTo(allowed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"shop.example.com", "https://", "https://a.com/path", "ftp://a.com", ""})
  void whatIsNoOriginIsToldAtTheStart(String written) {
    assertThatThrownBy(() -> AllowedOrigins.of(List.of(written), HUB))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is no origin");
  }

  @Test
  void preflightsAreAnsweredForListedPagesOnly() {
    try (Shop shop = Shop.open()) {
      HttpReply listed = preflight(shop, Shop.ORIGIN);
      HttpReply foreign = preflight(shop, "https://evil.example.com");

      assertThat(listed.status()).isEqualTo(204);
      assertThat(listed.headers())
          .containsEntry("Access-Control-Allow-Origin", Shop.ORIGIN)
          .containsEntry("Vary", "Origin")
          .containsKey("Access-Control-Allow-Headers");
      assertThat(foreign.status()).isEqualTo(403);
      assertThat(foreign.headers()).doesNotContainKey("Access-Control-Allow-Origin");
    }
  }

  @Test
  void aForeignPageGetsNoSession() {
    try (Shop shop = Shop.open()) {
      HttpReply foreign = shop.post("session", "{}", Map.of("Origin", "https://evil.example.com"));

      assertThat(foreign.status()).isEqualTo(403);
      assertThat(foreign.headers()).doesNotContainKey("Access-Control-Allow-Origin");
      assertThat(shop.post("session", "x", Map.of()).headers())
          .containsEntry("Access-Control-Allow-Origin", Shop.ORIGIN);
    }
  }

  private static HttpReply preflight(Shop shop, String origin) {
    return shop.hub.http(Kind.WEB, "OPTIONS", "session", "", new byte[0], Map.of("Origin", origin));
  }
}
