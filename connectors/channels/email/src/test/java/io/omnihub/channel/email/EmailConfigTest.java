package io.omnihub.channel.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.omnihub.api.config.Problem;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which settings are understood, and what is said about the others. */
class EmailConfigTest {

  @ParameterizedTest
  @CsvSource({
    "implicit, 993, 465",
    "starttls, 143, 587",
    "none,     143, 587",
  })
  void portsFollowTls(String tls, int imap, int smtp) {
    EmailConfig config = read(Map.of("imap", server(tls), "smtp", server(tls)));
    assertThat(config.reading().orElseThrow().server().port()).isEqualTo(imap);
    assertThat(config.sending().orElseThrow().server().port()).isEqualTo(smtp);
  }

  @Test
  void theUserIsTheAddressAndTheFolderTheInboxUnlessTold() {
    EmailConfig.Reading reading = read(Map.of("imap", server("implicit"))).reading().orElseThrow();
    assertThat(reading.server().username()).isEqualTo("support@example.com");
    assertThat(reading.folder()).isEqualTo("INBOX");
    assertThat(reading.poll()).hasSeconds(60);
    assertThat(reading.backfill()).isZero();
    assertThat(reading.maxSize()).isEqualTo(25 << 20);
  }

  @Test
  void oneOfReadingAndSendingIsNeeded() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(Map.of()))
        .withMessageContaining("imap or smtp");
    assertThat(read(Map.of("smtp", server("none"))).reading()).isEmpty();
    assertThat(read(Map.of("imap", server("none"))).sending()).isEmpty();
  }

  @Test
  void aPasswordIsNeededWithoutOAuth() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(Map.of("imap", Map.of("host", "mail.example.com"))))
        .withMessageContaining("imap.password");
    Map<String, Object> oauth =
        Map.of("token-url", "https://login.example.com/t", "client-id", "c", "refresh-token", "r");
    assertThat(read(Map.of("imap", Map.of("host", "h"), "oauth2", oauth)).oauth()).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"support", "a@b@c", "Support <a@b.c>", "a@b.c\r\nBcc: x@y.z", "a @b.c"})
  void whatIsNoAddressIsSaidSo(String address) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(Map.of("address", address, "imap", server("none"))))
        .withMessageContaining("address");
  }

  @Test
  void everyProblemIsToldWithItsPath() {
    Map<String, Object> settings =
        Map.of("imap", Map.of("tls", "maybe", "port", "x"), "poll", "often", "colour", "blue");
    assertThat(EmailConfig.SPEC.resolve(settings).problems())
        .extracting(Problem::path)
        .contains("address", "imap.host", "imap.tls", "imap.port", "poll", "colour");
  }

  @Test
  void secretsAreDeclaredAsSuch() {
    assertThat(EmailConfig.SPEC.settings())
        .filteredOn(setting -> setting.key().equals("reply-token-secret"))
        .allMatch(setting -> setting.secret());
    assertThat(read(Map.of("imap", server("none"))).toString()).doesNotContain("pass-word");
  }

  private static EmailConfig read(Map<String, Object> settings) {
    Map<String, Object> all = new HashMap<>(Map.of("address", "support@example.com"));
    all.putAll(settings);
    return EmailConfig.from(EmailConfig.SPEC.resolve(all).orThrow());
  }

  private static Map<String, Object> server(String tls) {
    return Map.of("host", "mail.example.com", "tls", tls, "password", "pass-word");
  }
}
