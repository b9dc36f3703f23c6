package io.omnihub.channel.smpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmppConfigTest {

  @Test
  void defaultsAreWhatMostCentresWant() {
    SmppConfig config = config(Map.of());
    assertThat(config.server().port()).isEqualTo(2775);
    assertThat(config.login().pair()).isFalse();
    assertThat(config.login().enquireLink()).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.sending().window()).isEqualTo(10);
    assertThat(config.sending().concatenation()).isEqualTo(SmppConfig.Concatenation.NARROW);
    assertThat(config.receiving().ids()).isEqualTo(ReceiptIds.Dialect.AUTO);
    assertThat(config.receiving().reassemblyTimeout()).isEqualTo(Duration.ofHours(1));
  }

  @ParameterizedTest
  @CsvSource({
    "password,ninechars",
    "system-id,sixteen-letters-",
    "port,0",
    "window,0",
    "enquire-link,500ms",
    "response-timeout,0s",
    "source-ton,300",
    "source-address,123456789012345678901",
    "trust,/tmp/x.pem",
    "system-id,名"
  })
  void whatCannotBeBoundWithIsRefused(String key, String value) {
    assertThatThrownBy(() -> config(Map.of(key, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(key)
        .hasMessageNotContaining("ninechars");
  }

  private static SmppConfig config(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(Map.of("host", "127.0.0.1", "system-id", "hub"));
    settings.putAll(more);
    return SmppConfig.of(SmppConfig.SPEC.resolve(settings).orThrow());
  }
}
