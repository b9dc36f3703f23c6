package io.omnihub.channel.whatsapp;

import io.omnihub.api.http.HttpOutcomes;
import io.omnihub.api.model.Failure;
import io.omnihub.api.model.Failure.Code;
import io.omnihub.api.model.SendOutcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What Meta's error codes mean, in answers and in the status {@code failed} alike.
 *
 * <p>https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes
 */
final class WhatsAppErrors {
  static final String WAY_OUT =
      "the customer wrote more than 24 hours ago; send an approved template, or use another"
          + " channel";

  private static final Duration NO_WAIT = Duration.ZERO;

  private WhatsAppErrors() {}

  /**
   * The meaning of one code.
   *
   * @param holdOff how long nothing may be sent, zero when waiting does not help
   * @param everybody whether the wait is for the whole account, not for one recipient
   */
  record Meaning(Code code, Duration holdOff, boolean everybody, String sentence) {}

  /** What became of a request that Meta declined. */
  static SendOutcome outcome(GraphAnswer.Declined answer, Clock clock) {
    Optional<Meaning> meaning = answer.code() < 0 ? Optional.empty() : meaning(answer.code());
    if (meaning.isEmpty()) {
      return answer.code() >= 0 && answer.status() >= 500
          // Meta itself says that it did nothing; a gateway would not know.
          ? new SendOutcome.NotSent(Failure.of(Code.TRANSIENT, detail(answer)))
          : HttpOutcomes.ofStatus(answer.status(), answer.retryAfter(), clock);
    }
    Failure failure =
        Failure.of(meaning.get().code(), answer.code() + ": " + meaning.get().sentence());
    if (!meaning.get().holdOff().isZero()) {
      return new SendOutcome.Throttled(until(meaning.get(), answer, clock));
    }
    return failure.code() == Code.TRANSIENT
        ? new SendOutcome.NotSent(failure)
        : new SendOutcome.Refused(failure);
  }

  /** Whether everybody has to wait, and until when. */
  static Optional<Instant> pause(GraphAnswer.Declined answer, Clock clock) {
    return meaning(answer.code())
        .filter(meaning -> meaning.everybody() && !meaning.holdOff().isZero())
        .map(meaning -> until(meaning, answer, clock));
  }

  /** Why a message that was accepted has failed after all. */
  static Failure ofStatus(int code) {
    return meaning(code)
        .map(meaning -> Failure.of(meaning.code(), code + ": " + meaning.sentence()))
        .orElseGet(() -> Failure.of(Code.CONTENT_REJECTED, "WhatsApp's error " + code));
  }

  /** What may be shown and logged: Meta's words may quote numbers and content. */
  static String detail(GraphAnswer.Declined answer) {
    return answer.code() < 0
        ? "HTTP " + answer.status()
        : "HTTP " + answer.status() + ", WhatsApp's error " + answer.code();
  }

  private static Instant until(Meaning meaning, GraphAnswer.Declined answer, Clock clock) {
    Instant ours = clock.instant().plus(meaning.holdOff());
    if (answer.retryAfter() == null) {
      return ours;
    }
    Instant theirs = HttpOutcomes.until(answer.retryAfter(), clock);
    return theirs.isAfter(ours) ? theirs : ours;
  }

  private static Optional<Meaning> meaning(int code) {
    if (code == 0 || code == 3 || code == 10 || code == 190 || (code >= 200 && code <= 299)) {
      return meaning(Code.AUTH, "the access token is not accepted");
    }
    if (code >= 132000 && code <= 132999) {
      return meaning(Code.CONTENT_REJECTED, template(code));
    }
    return switch (code) {
      case 4, 80007, 131064, 133016 ->
          later(Duration.ofMinutes(1), true, "too many calls of this account");
      case 130429 -> later(Duration.ofSeconds(5), true, "too many messages a second");
      case 131048 ->
          later(Duration.ofMinutes(15), true, "held back, as too many messages were reported");
      case 131056 -> later(Duration.ofSeconds(6), false, "too many messages to this person");
      default -> lasting(code);
    };
  }

  private static Optional<Meaning> lasting(int code) {
    return switch (code) {
      case 1, 2, 131000, 131016, 131057, 135000 ->
          meaning(Code.TRANSIENT, "WhatsApp cannot do it now");
      case 131053 -> meaning(Code.TRANSIENT, "WhatsApp could not take the file");
      case 131047 -> meaning(Code.WINDOW_CLOSED, WAY_OUT);
      case 131026, 137000 -> meaning(Code.RECIPIENT_INVALID, "the person cannot be reached");
      case 131021 -> meaning(Code.RECIPIENT_INVALID, "sender and recipient are the same");
      case 131030 -> meaning(Code.RECIPIENT_INVALID, "the number is not on the test number's list");
      case 131050 ->
          meaning(Code.RECIPIENT_BLOCKED, "the person wants no marketing from this business");
      case 131049 ->
          meaning(Code.RATE_LIMITED, "WhatsApp limits marketing to this person; try in a day");
      case 130472 ->
          meaning(Code.CONTENT_REJECTED, "WhatsApp shows this person no marketing for now");
      case 131062 ->
          meaning(Code.CONTENT_REJECTED, "this kind of message needs the person's number");
      case 368, 131031 -> meaning(Code.CONFIG, "WhatsApp has locked the account");
      case 131042 -> meaning(Code.CONFIG, "the account has a problem with payment");
      case 131045 -> meaning(Code.CONFIG, "the business number is not registered");
      case 33, 100, 131008, 131009, 131051, 131052 ->
          meaning(Code.CONTENT_REJECTED, "WhatsApp does not take what the message holds");
      default -> Optional.empty();
    };
  }

  private static Optional<Meaning> meaning(Code code, String sentence) {
    return Optional.of(new Meaning(code, NO_WAIT, false, sentence));
  }

  private static Optional<Meaning> later(Duration holdOff, boolean everybody, String sentence) {
    return Optional.of(new Meaning(Code.RATE_LIMITED, holdOff, everybody, sentence));
  }

  private static String template(int code) {
    return switch (code) {
      case 132000, 132012 -> "the template takes other parameters";
      case 132001 -> "there is no such template in this language";
      case 132015 -> "the template is paused";
      case 132016 -> "the template is disabled";
      default -> "the template is not accepted";
    };
  }
}
