package io.omnihub.channel.email;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.omnihub.api.config.Secret;
import io.omnihub.api.connector.AccountState;
import io.omnihub.api.json.HubJson;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Access tokens of OAuth 2, fetched with a refresh token (RFC 6749, section 6), kept until shortly
 * before they expire. A refresh token that the provider replaces is kept in the account's state.
 * One instance serves reading and sending.
 */
final class AccessTokens {
  private static final Duration MARGIN = Duration.ofMinutes(2);
  private static final Duration DEFAULT_LIFE = Duration.ofMinutes(30);

  private final EmailConfig.OAuth oauth;
  private final Endpoint endpoint;
  private final AccountState state;
  private final Clock clock;
  private final String stateKey;
  private Optional<Secret> token = Optional.empty();
  private Instant freshUntil = Instant.MIN;

  AccessTokens(EmailConfig.OAuth oauth, Endpoint endpoint, AccountState state, Clock clock) {
    this.oauth = oauth;
    this.endpoint = endpoint;
    this.state = state;
    this.clock = clock;
    // a refresh token that the operator replaces begins a new chain
    stateKey = "oauth2-refresh-token/" + nameOf(oauth.refreshToken());
  }

  /** The provider's token endpoint. */
  interface Endpoint {

    /**
     * Posts a form.
     *
     * @throws IOException when no answer came
     */
    Answer post(String form) throws IOException;

    /** What it answered. */
    record Answer(int status, String body) {}
  }

  Login.Source loginsOf(String user) {
    return new Login.Source() {
      @Override
      public Login next() throws IOException, Login.Refused {
        return new Login(user, current(), true);
      }

      @Override
      public void rejected() {
        forget();
      }
    };
  }

  synchronized Secret current() throws IOException, Login.Refused {
    if (token.isPresent() && clock.instant().isBefore(freshUntil)) {
      return token.get();
    }
    JsonNode answer = fetch();
    Secret fetched = new Secret(answer.path("access_token").asText());
    long seconds = answer.path("expires_in").asLong(DEFAULT_LIFE.toSeconds());
    token = Optional.of(fetched);
    freshUntil = clock.instant().plusSeconds(seconds).minus(MARGIN);
    String replaced = answer.path("refresh_token").asText("");
    if (!replaced.isEmpty()) {
      state.put(stateKey, replaced);
    }
    return fetched;
  }

  synchronized void forget() {
    token = Optional.empty();
  }

  private JsonNode fetch() throws IOException, Login.Refused {
    AccessTokens.Endpoint.Answer answer = endpoint.post(form());
    JsonNode json = parse(answer.body());
    if (answer.status() == 200 && !json.path("access_token").asText("").isEmpty()) {
      return json;
    }
    String error = json.path("error").asText("").replaceAll("[^a-z_]", "");
    if (answer.status() == 400 || answer.status() == 401) {
      throw new Login.Refused("the token endpoint refuses: " + error);
    }
    throw new IOException("the token endpoint answered HTTP " + answer.status() + " " + error);
  }

  private String form() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("grant_type", "refresh_token");
    fields.put("client_id", oauth.clientId());
    oauth.clientSecret().ifPresent(secret -> fields.put("client_secret", secret.reveal()));
    fields.put("refresh_token", state.get(stateKey).orElse(oauth.refreshToken().reveal()));
    if (!oauth.scope().isEmpty()) {
      fields.put("scope", oauth.scope());
    }
    return fields.entrySet().stream()
        .map(
            field ->
                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  private static JsonNode parse(String body) {
    try {
      return HubJson.mapper().readTree(body);
    } catch (JsonProcessingException notJson) {
      return HubJson.mapper().createObjectNode();
    }
  }

  private static String nameOf(Secret secret) {
    return UUID.nameUUIDFromBytes(secret.reveal().getBytes(StandardCharsets.UTF_8)).toString();
  }
}
