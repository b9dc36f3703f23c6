package io.omnihub.channel.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.omnihub.api.config.Settings;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TelegramConfigTest {

  @Test
  void defaultsAreThoseOfTheCloud() {
    TelegramConfig config = TelegramConfig.of(resolve(Map.of("secret-token", "s")));
    assertThat(config.mode()).isEqualTo(TelegramConfig.Mode.WEBHOOK);
    assertThat(config.apiUrl()).isEqualTo("https://api.telegram.org");
    assertThat(config.group()).isEqualTo(GroupPolicy.Admission.MENTION);
    assertThat(config.botId()).isEqualTo(4711);
  }

  @Test
  void aWebhookNeedsASecret() {
    assertThatThrownBy(() -> TelegramConfig.of(resolve(Map.of())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("secret-token")
        .hasMessageContaining("required in mode webhook");
    assertThat(TelegramConfig.of(resolve(Map.of("mode", "polling"))).mode())
        .isEqualTo(TelegramConfig.Mode.POLLING);
  }

  @Test
  void theTokenIsNeverPrinted() {
    TelegramConfig config = TelegramConfig.of(resolve(Map.of("mode", "polling")));
    assertThat(config.toString()).doesNotContain("canary");
    assertThatThrownBy(
            () -> TelegramConfig.of(resolve(Map.of("mode", "polling", "token", "1:canary token"))))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .doesNotContain("canary");
  }

  private static Settings resolve(Map<String, Object> given) {
    Map<String, Object> settings = new HashMap<>(Map.of("token", TelegramSamples.TOKEN));
    settings.putAll(given);
    return TelegramConfig.SPEC.resolve(settings).orThrow();
  }
}
