package io.omnihub.channel.webchat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.omnihub.api.config.Secret;
import io.omnihub.api.json.HubJson;
import io.omnihub.channel.webchat.VisitorTokens.Pass;
import io.omnihub.channel.webchat.WebchatErrors.Reason;
import io.omnihub.channel.webchat.WebchatErrors.Refusal;
import java.io.IOException;
import java.util.Optional;

/** Lets visitors in, and knows those again who have been here. */
final class VisitorLogin {
  private static final int MAX_BODY = 16 << 10;
  private static final int MAX_USER = 128;

  private final WebchatConfig config;
  private final VisitorTokens tokens;

  VisitorLogin(WebchatConfig config, VisitorTokens tokens) {
    this.config = config;
    this.tokens = tokens;
  }

  /** Answers {@code POST session}. */
  WebReply login(WebRequest request) throws Refusal {
    JsonNode body = parse(request.body());
    Optional<Visitor> before = tokens.read(text(body, "visitor", 8192)).map(Pass::visitor);
    Visitor visitor = recognise(body, before);
    boolean resumed = before.filter(known -> known.id().equals(visitor.id())).isPresent();
    Visitor known = (resumed ? visitor.with(before.get().profile()) : visitor).with(profile(body));
    ObjectNode answer =
        HubJson.mapper()
            .createObjectNode()
            .put("token", tokens.issue(known))
            .put("visitor", known.id())
            .put("title", config.appearance().title())
            .put("greeting", config.appearance().greeting())
            .put("accent", config.appearance().accent())
            .put("resumed", resumed);
    return WebReply.json(answer);
  }

  /** Who a valid token of the socket or of an upload names. */
  Optional<Pass> pass(String token) {
    return tokens.read(token).filter(pass -> pass.visitor().signed() || !config.requireSigned());
  }

  private Visitor recognise(JsonNode body, Optional<Visitor> before) throws Refusal {
    String user = text(body, "user", MAX_USER);
    String signature = text(body, "signature", 128);
    if (user.isEmpty() || (signature.isEmpty() && config.visitorSecret().isEmpty())) {
      if (config.requireSigned()) {
        throw unauthorized("this chat is for signed-in customers only");
      }
      // A signed user is never resumed by a token alone: he may have logged out of the shop since.
      return before.filter(visitor -> !visitor.signed()).orElseGet(Visitor::unknown).claiming(user);
    }
    Secret secret =
        config
            .visitorSecret()
            .orElseThrow(() -> unauthorized("there is no visitor-secret to check a signature"));
    if (!WebchatSignature.userSigned(secret.reveal(), user, signature)) {
      throw unauthorized("the signature does not fit the user");
    }
    return Visitor.signedUser(user);
  }

  private static Visitor.Profile profile(JsonNode body) throws Refusal {
    String page = text(body, "page", 2000);
    return new Visitor.Profile(
        text(body, "name", 200),
        text(body, "email", 254),
        text(body, "phone", 40),
        text(body, "language", 35),
        page.startsWith("https://") || page.startsWith("http://") ? page : "");
  }

  private static JsonNode parse(byte[] body) throws Refusal {
    if (body.length > MAX_BODY) {
      throw new Refusal(Reason.TOO_LARGE, "a session request has at most " + MAX_BODY + " bytes");
    }
    try {
      JsonNode json = HubJson.mapper().readTree(body);
      if (json.isObject()) {
        return json;
      }
      throw new Refusal(Reason.BAD_REQUEST, "expected a JSON object");
    } catch (JsonProcessingException e) {
      throw new Refusal(Reason.BAD_REQUEST, "not well-formed JSON");
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory can be read", e);
    }
  }

  private static String text(JsonNode body, String field, int limit) throws Refusal {
    JsonNode value = body.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return "";
    }
    String text = value.asText("").strip();
    if (!value.isTextual() || text.length() > limit || text.chars().anyMatch(c -> c < ' ')) {
      throw new Refusal(
          Reason.BAD_REQUEST, field + " must be a text of at most " + limit + " characters");
    }
    return text;
  }

  private static Refusal unauthorized(String detail) {
    return new Refusal(Reason.UNAUTHORIZED, detail);
  }
}
