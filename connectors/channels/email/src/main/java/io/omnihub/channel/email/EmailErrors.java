package io.omnihub.channel.email;

import io.omnihub.api.model.Failure;
import io.omnihub.api.model.Failure.Code;
import io.omnihub.api.model.SendOutcome;
import io.omnihub.channel.email.PhasedTransport.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a failed submission means (RFC 5321, section 4.2; RFC 3463; RFC 4954, section 6). */
final class EmailErrors {
  private static final Duration WAIT = Duration.ofSeconds(60);
  private static final Pattern ENHANCED = Pattern.compile("\\b([245]\\.\\d{1,3}\\.\\d{1,3})\\b");

  private EmailErrors() {}

  /**
   * The last answer of the server.
   *
   * @param code 0 or less when there was none
   * @param text its lines, may hold addresses: only the enhanced status code in it is passed on
   */
  record Reply(int code, String text) {}

  static SendOutcome of(Phase phase, Reply reply, Instant now) {
    String detail = detail(phase, reply);
    int code = reply.code();
    // 2xx and 3xx are answers to what came before the connection was lost
    if (code < 400) {
      return phase == Phase.ACCEPTANCE
          ? new SendOutcome.Unknown(Failure.of(Code.UNKNOWN_OUTCOME, detail))
          : new SendOutcome.NotSent(Failure.of(Code.TRANSIENT, detail));
    }
    if (code < 500) {
      return switch (code) {
        case 421, 451, 452 -> new SendOutcome.Throttled(now.plus(WAIT));
        default -> new SendOutcome.NotSent(Failure.of(Code.TRANSIENT, detail));
      };
    }
    return new SendOutcome.Refused(Failure.of(refusal(phase, reply), detail));
  }

  private static Code refusal(Phase phase, Reply reply) {
    return switch (reply.code()) {
      case 530, 534, 535, 538 -> Code.AUTH;
      default ->
          switch (phase) {
            case CONNECT, SENDER -> Code.CONFIG;
            case RECIPIENT -> recipientRefusal(reply);
            case CONTENT, ACCEPTANCE -> Code.CONTENT_REJECTED;
          };
    };
  }

  private static Code recipientRefusal(Reply reply) {
    boolean policy = enhanced(reply).startsWith("5.7.");
    return switch (reply.code()) {
      case 550, 551, 553 -> policy ? Code.CONTENT_REJECTED : Code.RECIPIENT_INVALID;
      default -> Code.CONTENT_REJECTED;
    };
  }

  private static String detail(Phase phase, Reply reply) {
    String step =
        switch (phase) {
          case CONNECT -> "while connecting";
          case SENDER -> "to the sender's address";
          case RECIPIENT -> "to the recipient's address";
          case CONTENT -> "to the content";
          case ACCEPTANCE -> "after the content";
        };
    return reply.code() < 400
        ? "the mail server did not answer " + step
        : ("the mail server answered " + step + ": " + reply.code() + " " + enhanced(reply))
            .strip();
  }

  private static String enhanced(Reply reply) {
    Matcher status = ENHANCED.matcher(reply.text());
    return status.find() ? status.group(1) : "";
  }
}
