package io.omnihub.channel.webchat;

import io.omnihub.channel.webchat.VisitorTokens.Pass;
import io.omnihub.channel.webchat.WebchatErrors.Reason;
import io.omnihub.channel.webchat.WebchatErrors.Refusal;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** Answers the HTTP requests of browsers. */
final class WebchatWeb {
  private static final String FILES = "files";

  private final AllowedOrigins origins;
  private final VisitorLogin login;
  private final VisitorFiles files;
  private final TokenBuckets messages;

  WebchatWeb(
      AllowedOrigins origins, VisitorLogin login, VisitorFiles files, TokenBuckets messages) {
    this.origins = origins;
    this.login = login;
    this.files = files;
    this.messages = messages;
  }

  WebReply answer(WebRequest request) throws IOException {
    if (!origins.allow(request.origin())) {
      return WebchatErrors.problem(
              new Refusal(Reason.FORBIDDEN, "pages of this origin may not use the chat"))
          .with(Map.of("Vary", "Origin"));
    }
    return answerAllowed(request).with(corsHeaders(request.origin()));
  }

  private WebReply answerAllowed(WebRequest request) throws IOException {
    try {
      return request.method().equals("OPTIONS") ? preflight() : dispatch(request);
    } catch (Refusal refusal) {
      return WebchatErrors.problem(refusal);
    }
  }

  private WebReply dispatch(WebRequest request) throws Refusal, IOException {
    String path = request.path();
    if (path.equals("session")) {
      need("POST", request);
      return login.login(request);
    }
    if (path.equals(FILES)) {
      need("POST", request);
      return files.upload(uploader(request), request);
    }
    if (path.startsWith(FILES + "/")) {
      need("GET", request);
      return files.serve(path.substring(FILES.length() + 1), request.query());
    }
    throw new Refusal(Reason.NOT_FOUND, "there is nothing here");
  }

  private Visitor uploader(WebRequest request) throws Refusal {
    Visitor visitor =
        login
            .pass(request.token())
            .map(Pass::visitor)
            .orElseThrow(() -> new Refusal(Reason.UNAUTHORIZED, "a valid token is needed"));
    Duration wait = messages.take(visitor.id());
    if (!wait.isZero()) {
      throw Refusal.slowDown(wait);
    }
    return visitor;
  }

  private static void need(String method, WebRequest request) throws Refusal {
    if (!request.method().equals(method)) {
      throw new Refusal(Reason.METHOD, "expected " + method);
    }
  }

  private static WebReply preflight() {
    return WebReply.empty(
        204,
        Map.of(
            "Access-Control-Allow-Methods", "GET, POST",
            "Access-Control-Allow-Headers", "Authorization, Content-Type, X-Filename",
            "Access-Control-Max-Age", "600"));
  }

  private static Map<String, String> corsHeaders(String origin) {
    return origin.isEmpty()
        ? Map.of("Vary", "Origin")
        : Map.of("Vary", "Origin", "Access-Control-Allow-Origin", origin);
  }
}
