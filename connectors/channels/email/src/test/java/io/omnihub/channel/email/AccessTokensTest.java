package io.omnihub.channel.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.omnihub.api.config.Secret;
import io.omnihub.api.connector.AccountState;
import io.omnihub.testkit.ManualClock;
import io.omnihub.testkit.harness.ConnectorHarness;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When tokens are fetched, and with what. */
class AccessTokensTest {
  private final ManualClock clock = new ManualClock(Instant.parse("2026-05-01T12:00:00Z"));
  private final AccountState state = ConnectorHarness.freshState();
  private final List<String> forms = new ArrayList<>();
  private AccessTokens.Endpoint.Answer answer = ok("t1", "");

  @Test
  void aTokenIsKeptUntilShortlyBeforeItExpires() throws Exception {
    AccessTokens tokens = tokens("grant");
    assertThat(tokens.current().reveal()).isEqualTo("t1");
    clock.advance(Duration.ofMinutes(57));
    tokens.current();
    assertThat(forms).hasSize(1);
    answer = ok("t2", "");
    clock.advance(Duration.ofMinutes(2));
    assertThat(tokens.current().reveal()).isEqualTo("t2");
    assertThat(forms)
        .hasSize(2)
        .allMatch(form -> form.contains("grant_type=refresh_token"))
        .allMatch(form -> form.contains("refresh_token=grant"))
        .allMatch(form -> form.contains("client_id=app"))
        .allMatch(form -> form.contains("client_secret=s%26cret"))
        .allMatch(form -> form.contains("scope=mail"));
  }

  @Test
  void aTokenThatTheMailServerRejectsIsFetchedAnew() throws Exception {
    Login.Source logins = tokens("grant").loginsOf("support@example.com");
    assertThat(logins.next().oauth()).isTrue();
    logins.rejected();
    logins.next();
    assertThat(forms).hasSize(2);
  }

  @Test
  void aReplacedGrantIsUsedFromThenOnEvenAfterARestart() throws Exception {
    answer = ok("t1", "grant-2");
    tokens("grant").current();
    tokens("grant").current();
    tokens("configured anew").current();
    assertThat(forms.get(1)).contains("refresh_token=grant-2");
    assertThat(forms.get(2)).contains("refresh_token=configured+anew");
  }

  @Test
  void aWithdrawnGrantIsTheOperatorsBusiness() {
    answer =
        new AccessTokens.Endpoint.Answer(
            400, "{\"error\":\"invalid_grant\",\"error_description\":\"grant leaked here\"}");
    assertThatExceptionOfType(Login.Refused.class)
        .isThrownBy(() -> tokens("grant").current())
        .withMessageContaining("invalid_grant")
        .withMessageNotContaining("leaked");
  }

  @Test
  void aBrokenEndpointIsTriedAgain() {
    answer = new AccessTokens.Endpoint.Answer(502, "<html>");
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> tokens("grant").current())
        .withMessageContaining("502");
  }

  private AccessTokens tokens(String grant) {
    EmailConfig.OAuth oauth =
        new EmailConfig.OAuth(
            URI.create("https://login.example.com/token"),
            "app",
            Optional.of(new Secret("s&cret")),
            new Secret(grant),
            "mail");
    AccessTokens.Endpoint endpoint =
        form -> {
          forms.add(form);
          return answer;
        };
    return new AccessTokens(oauth, endpoint, state, clock);
  }

  private static AccessTokens.Endpoint.Answer ok(String token, String replaced) {
    String more = replaced.isEmpty() ? "" : ",\"refresh_token\":\"" + replaced + "\"";
    return new AccessTokens.Endpoint.Answer(
        200, "{\"access_token\":\"" + token + "\",\"expires_in\":3600" + more + "}");
  }
}
