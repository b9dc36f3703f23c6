package io.omnihub.channel.webchat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.omnihub.api.config.Setting;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class WebchatConfigTest {

  static Stream<Arguments> contradictions() {
    return Stream.of(
        Arguments.of(Map.of("require-signed", true), "visitor-secret"),
        Arguments.of(Map.of("messages-per-minute", 0), "messages-per-minute"),
        Arguments.of(Map.of("session-ttl", "0s"), "session-ttl"),
        Arguments.of(Map.of("accent", "red;}*{display:none"), "accent"),
        Arguments.of(Map.of("allowed-origins", List.of("shop")), "allowed-origins"));
  }

  @ParameterizedTest
  @MethodSource("contradictions")
  void whatCannotWorkIsToldAtTheStart(Map<String, ?> settings, String named) {
    assertThatThrownBy(() -> Shop.with(settings))
        .rootCause()
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(named);
  }

  @Test
  void nothingIsRequired() {
    try (Shop shop = Shop.with(Map.of())) {
      assertThat(shop.session(Map.of()).path("token").asText()).isNotEmpty();
    }
  }

  @Test
  void theSecretIsMarkedAsOne() {
    assertThat(WebchatConfig.SPEC.settings().stream().filter(Setting::secret).map(Setting::key))
        .containsExactly("visitor-secret");
  }
}
