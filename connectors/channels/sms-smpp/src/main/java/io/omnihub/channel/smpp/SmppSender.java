package io.omnihub.channel.smpp;

import io.omnihub.api.model.Failure;
import io.omnihub.api.model.OutboundMessage;
import io.omnihub.api.model.SendOutcome;
import io.omnihub.channel.smpp.pdu.Address;
import io.omnihub.channel.smpp.pdu.BodyReader;
import io.omnihub.channel.smpp.pdu.Pdu;
import io.omnihub.channel.smpp.pdu.Status;
import io.omnihub.channel.smpp.pdu.Submission;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Submits messages, the segments of one message one after the other. Safe for all threads. */
final class SmppSender implements Processor {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final Binding binding;
  private final SmppOutbound outbound;
  private final PartialSends partial;
  private final Clock clock;
  private final AtomicReference<Pause> pause =
      new AtomicReference<>(new Pause(Instant.MIN, Duration.ZERO));

  SmppSender(Binding binding, SmppOutbound outbound, PartialSends partial, Clock clock) {
    this.binding = binding;
    this.outbound = outbound;
    this.partial = partial;
    this.clock = clock;
  }

  /** When the message centre may be asked again after it said that it is too much. */
  private record Pause(Instant until, Duration length) {
    Pause longer(Instant now) {
      if (until.isAfter(now)) {
        return this;
      }
      Duration doubled = length.isZero() ? FIRST_PAUSE : length.multipliedBy(2);
      Duration next = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
      return new Pause(now.plus(next), next);
    }
  }

  @Override
  public void process(Exchange exchange) throws InterruptedException {
    OutboundMessage message = exchange.getMessage().getBody(OutboundMessage.class);
    exchange.getMessage().removeHeaders("*");
    exchange.getMessage().setBody(send(message));
  }

  private SendOutcome send(OutboundMessage message) throws InterruptedException {
    Optional<Address> destination = outbound.destination(message);
    if (destination.isEmpty()) {
      return refused(Failure.Code.RECIPIENT_INVALID, "a name, to which nothing can be sent");
    }
    List<Submission> submissions;
    try {
      submissions = outbound.submissions(message, destination.get());
    } catch (IllegalArgumentException e) {
      return refused(Failure.Code.CONTENT_REJECTED, e.getMessage());
    }
    if (submissions.isEmpty()) {
      return refused(Failure.Code.CONTENT_REJECTED, "there is no text in it");
    }
    return submit(message.key(), submissions);
  }

  private SendOutcome submit(String key, List<Submission> submissions) throws InterruptedException {
    List<String> ids = partial.of(key);
    while (ids.size() < submissions.size()) {
      SendOutcome outcome = submit(submissions.get(ids.size()));
      if (!(outcome instanceof SendOutcome.Accepted accepted)) {
        partial.keep(key, outcome instanceof SendOutcome.Refused ? List.of() : ids);
        return outcome;
      }
      ids.add(String.join("", accepted.providerIds()));
    }
    partial.keep(key, List.of());
    return new SendOutcome.Accepted(ids.stream().filter(id -> !id.isEmpty()).toList());
  }

  private SendOutcome submit(Submission submission) throws InterruptedException {
    Instant until = pause.get().until();
    if (until.isAfter(clock.instant())) {
      return new SendOutcome.Throttled(until);
    }
    Optional<Link> link = binding.link();
    if (link.isEmpty()) {
      return new SendOutcome.NotSent(binding.why());
    }
    return switch (link.get().request(Pdu.SUBMIT_SM, submission.body())) {
      case Link.Answer.NotWritten none ->
          new SendOutcome.NotSent(
              Failure.of(Failure.Code.TRANSIENT, "the connection took no message"));
      case Link.Answer.Lost lost ->
          new SendOutcome.Unknown(
              Failure.of(Failure.Code.UNKNOWN_OUTCOME, "no answer to submit_sm"));
      case Link.Answer.Received received -> outcome(received.pdu());
    };
  }

  private SendOutcome outcome(Pdu answer) {
    int status = answer.status();
    if (status == Status.THROTTLED || status == Status.QUEUE_FULL) {
      return new SendOutcome.Throttled(
          pause.updateAndGet(before -> before.longer(clock.instant())).until());
    }
    if (status != Status.OK || answer.command() == Pdu.GENERIC_NACK) {
      return SmppErrors.outcome(status);
    }
    pause.set(new Pause(Instant.MIN, Duration.ZERO));
    return SendOutcome.Accepted.as(ReceiptIds.canonical(new BodyReader(answer.body()).text()));
  }

  private static SendOutcome refused(Failure.Code code, String detail) {
    return new SendOutcome.Refused(Failure.of(code, detail));
  }
}
