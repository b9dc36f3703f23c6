package io.omnihub.backend.http;

import io.omnihub.api.model.Failure;
import io.omnihub.api.model.Failure.Code;
import io.omnihub.api.model.TurnResult;
import java.io.IOException;
import java.io.InterruptedIOException;

/** Why a bot did not take a turn. */
final class HttpBotErrors {

  private HttpBotErrors() {}

  static TurnResult ofStatus(int status) {
    Code code =
        switch (status) {
          case 401, 403 -> Code.AUTH;
          case 408, 425, 429 -> Code.TRANSIENT;
          default -> status >= 500 ? Code.TRANSIENT : Code.PROTOCOL;
        };
    return failed(code, "HTTP " + status);
  }

  static TurnResult ofFailure(IOException failure) {
    return switch (failure) {
      case AnswerTooLarge tooLarge -> failed(Code.PROTOCOL, tooLarge.getMessage());
      // Every timeout of the HTTP client and the alarm of the whole call are of this kind.
      case InterruptedIOException late -> failed(Code.TIMEOUT, "no whole answer in time");
      default -> failed(Code.TRANSIENT, failure.getClass().getSimpleName());
    };
  }

  private static TurnResult failed(Code code, String detail) {
    return new TurnResult.Failed(Failure.of(code, detail));
  }

  /** The bot answered with more than the hub reads. */
  static final class AnswerTooLarge extends IOException {
    AnswerTooLarge(int limit) {
      super("the answer is larger than " + limit + " bytes");
    }
  }
}
