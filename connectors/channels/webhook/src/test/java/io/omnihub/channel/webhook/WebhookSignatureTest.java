package io.omnihub.channel.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.omnihub.api.config.Secret;
import io.omnihub.api.json.HubJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSignatureTest {
  /** The vector of the reference libraries. */
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  private static final String OTHER = "whsec_b3RoZXItb3RoZXItb3RoZXItb3RoZXItb3RoZXI=";
  private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
  private static final long AT = 1614265330;
  private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);
  private static final String GOOD = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

  @Test
  void signsAsTheReferenceDoes() {
    assertThat(signature(SECRET).sign(ID, Instant.ofEpochSecond(AT), BODY)).isEqualTo(GOOD);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=                       | true
          v1,AAAA v1a,BBBB v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE= v1,C | true
          v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=                       | false
          g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=                          | false
          v1,g0hM9SsE                                                           | false
          v1,                                                                   | false
          ''                                                                    | false
                                                                                | false
          """)
  void acceptsAnyOfSeveralSignatures(String header, boolean accepted) {
    assertThat(verifies(SECRET, Long.toString(AT), header, 0)).isEqualTo(accepted);
  }

  @ParameterizedTest
  @CsvSource({"0,true", "300,true", "301,false", "-300,true", "-301,false", "86400,false"})
  void toleratesFiveMinutesBothWays(long secondsLate, boolean accepted) {
    assertThat(verifies(SECRET, Long.toString(AT), GOOD, secondsLate)).isEqualTo(accepted);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "now", "-1614265330", "1614265330.0", "9223372036854775807", " 1614265330"})
  void refusesWhatIsNotATime(String timestamp) {
    assertThat(verifies(SECRET, timestamp, GOOD, 0)).isFalse();
  }

  @Test
  void acceptsEachOfSeveralSecretsAndSignsWithTheFirst() {
    WebhookSignature rotating =
        new WebhookSignature(List.of(new Secret(OTHER), new Secret(SECRET)));
    Instant now = Instant.ofEpochSecond(AT);

    assertThat(rotating.verifies(ID, Long.toString(AT), GOOD, BODY, now)).isTrue();
    assertThat(rotating.sign(ID, now, BODY))
        .isEqualTo(signature(OTHER).sign(ID, now, BODY))
        .isNotEqualTo(GOOD);
  }

  @Test
  void refusesAnotherSecretBodyOrId() {
    String at = Long.toString(AT);
    Instant now = Instant.ofEpochSecond(AT);
    byte[] reserialised = "{\"test\":2432232314}".getBytes(StandardCharsets.UTF_8);

    assertThat(verifies(OTHER, at, GOOD, 0)).isFalse();
    assertThat(signature(SECRET).verifies(ID, at, GOOD, reserialised, now)).isFalse();
    assertThat(signature(SECRET).verifies("msg_2", at, GOOD, BODY, now)).isFalse();
    assertThat(signature(SECRET).verifies(null, at, GOOD, BODY, now)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"whsec_", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_canary!canary", "whsk_AAAA"})
  void refusesMalformedSecretsWithoutQuotingThem(String secret) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> signature(secret))
        .withMessageContaining("whsec_ followed by base64")
        .withMessageNotContaining("canary")
        .withNoCause();
  }

  @Test
  void needsASecret() {
    assertThatIllegalArgumentException().isThrownBy(() -> new WebhookSignature(List.of()));
  }

  @Test
  void agreesWithRecordedVectors() throws IOException {
    Path vectors = fixtures().resolve("signatures/vectors.json");
    assumeTrue(Files.exists(vectors), "recorded vectors are not here: " + vectors);
    int checked = 0;
    for (JsonNode vector : HubJson.mapper().readTree(vectors.toFile())) {
      JsonNode input = vector.get("input");
      if (vector.get("scheme").asText().equals("standard-webhooks") && input.has("secret")) {
        assertThat(holds(input, vector.get("expected")))
            .as(vector.get("name").asText())
            .isEqualTo(vector.get("valid").booleanValue());
        checked++;
      }
    }
    assertThat(checked).isPositive();
  }

  private static boolean holds(JsonNode input, JsonNode expected) {
    String header = expected.isTextual() ? expected.textValue() : input.get("header").textValue();
    return signature(input.get("secret").asText())
        .verifies(
            input.get("id").asText(),
            input.get("timestamp").asText(),
            header,
            input.get("payload").asText().getBytes(StandardCharsets.UTF_8),
            Instant.ofEpochSecond(input.get("timestamp").asLong()));
  }

  private static Path fixtures() {
    String given = System.getProperty("omnihub.fixtures", "");
    if (!given.isEmpty()) {
      return Path.of(given);
    }
    return Stream.iterate(Path.of("").toAbsolutePath(), path -> path != null, Path::getParent)
        .map(path -> path.resolve("shared/fixtures"))
        .filter(Files::isDirectory)
        .findFirst()
        .orElse(Path.of("shared/fixtures"));
  }

  private static boolean verifies(
      String secret, String timestamp, String header, long secondsLate) {
    Instant now = Instant.ofEpochSecond(AT + secondsLate);
    return signature(secret).verifies(ID, timestamp, header, BODY, now);
  }

  private static WebhookSignature signature(String secret) {
    return new WebhookSignature(List.of(new Secret(secret)));
  }
}
