package io.omnihub.channel.webchat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.omnihub.api.json.HubJson;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * Tokens that name a visitor until they expire. They hold all that the hub knows of him, so that no
 * session has to be stored; only the signature keeps a browser from writing its own.
 */
final class VisitorTokens {
  private static final int MAX_LENGTH = 8192;

  private final WebchatSignature signature;
  private final Clock clock;
  private final Duration ttl;

  VisitorTokens(WebchatSignature signature, Clock clock, Duration ttl) {
    this.signature = signature;
    this.clock = clock;
    this.ttl = ttl;
  }

  String issue(Visitor visitor) {
    String content = encode(new Pass(visitor, clock.instant().plus(ttl).getEpochSecond()));
    return content + "." + signature.sign(WebchatSignature.Purpose.TOKEN, content);
  }

  /** What a token says; empty when it is not one of ours or has expired. */
  Optional<Pass> read(String token) {
    int dot = token.indexOf('.');
    if (dot < 1 || token.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    String content = token.substring(0, dot);
    if (!signature.verify(WebchatSignature.Purpose.TOKEN, content, token.substring(dot + 1))) {
      return Optional.empty();
    }
    return Optional.of(decode(content)).filter(pass -> pass.validAt(clock.instant()));
  }

  private static String encode(Pass pass) {
    try {
      byte[] json = HubJson.mapper().writeValueAsBytes(pass);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a visitor is plain text", e);
    }
  }

  private static Pass decode(String content) {
    try {
      return HubJson.mapper().readValue(Base64.getUrlDecoder().decode(content), Pass.class);
    } catch (IOException e) {
      throw new IllegalStateException("a signed token that cannot be read", e);
    }
  }

  /**
   * A visitor who may come in.
   *
   * @param expires in seconds since 1970
   */
  record Pass(Visitor visitor, long expires) {
    boolean validAt(Instant now) {
      return now.getEpochSecond() < expires;
    }
  }
}
