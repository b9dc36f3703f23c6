package io.omnihub.channel.telegram;

import io.omnihub.api.http.HttpOutcomes;
import io.omnihub.api.model.Failure;
import io.omnihub.api.model.Failure.Code;
import io.omnihub.api.model.SendOutcome;
import java.time.Clock;
import java.util.Locale;
import java.util.Set;

/** What Telegram's refusals mean. */
final class TelegramErrors {
  private static final Set<String> NO_SUCH_CHAT =
      Set.of(
          "chat not found",
          "user not found",
          "chat_id is empty",
          "peer_id_invalid",
          "group chat was deactivated");

  private static final int LONGEST_DETAIL = 80;

  private TelegramErrors() {}

  static SendOutcome outcome(BotAnswer.Declined answer, Clock clock) {
    Failure.Code code =
        switch (answer.status()) {
          case 401, 404 -> Code.AUTH;
          case 403 -> Code.RECIPIENT_BLOCKED;
          case 400 -> isNoSuchChat(answer) ? Code.RECIPIENT_INVALID : Code.CONTENT_REJECTED;
          case 413 -> Code.CONTENT_REJECTED;
          default -> Code.TRANSIENT;
        };
    if (answer.status() == 429) {
      String seconds = answer.parameters().path("retry_after").asText("5");
      return new SendOutcome.Throttled(HttpOutcomes.until(seconds, clock));
    }
    if (code != Code.TRANSIENT) {
      return new SendOutcome.Refused(Failure.of(code, detail(answer)));
    }
    // Telegram's own 5xx says that it did nothing; a gateway's does not know.
    return answer.description().isEmpty()
        ? HttpOutcomes.ofStatus(answer.status(), null, clock)
        : new SendOutcome.NotSent(Failure.of(code, detail(answer)));
  }

  /** Markup that Telegram cannot read; without it the text goes through. */
  static boolean isMarkupProblem(BotAnswer.Declined answer) {
    return answer.status() == 400 && words(answer).startsWith("can't parse entities");
  }

  /** What may be shown and logged: what follows the first colon or quote may quote the message. */
  static String detail(BotAnswer.Declined answer) {
    String words = words(answer).replaceFirst("[:\"].*", "").strip();
    String cut = words.substring(0, Math.min(words.length(), LONGEST_DETAIL));
    return cut.isEmpty() ? "HTTP " + answer.status() : "HTTP " + answer.status() + ", " + cut;
  }

  private static boolean isNoSuchChat(BotAnswer.Declined answer) {
    return NO_SUCH_CHAT.stream().anyMatch(words(answer)::startsWith);
  }

  private static String words(BotAnswer.Declined answer) {
    return answer
        .description()
        .toLowerCase(Locale.ROOT)
        .replaceFirst("^(bad request|forbidden|unauthorized|not found|conflict): ", "");
  }
}
