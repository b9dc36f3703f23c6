package io.omnihub.channel.smpp;

import io.omnihub.api.model.InboundEvent;
import io.omnihub.api.route.InboundBatch;
import io.omnihub.api.route.OverloadedException;
import io.omnihub.channel.smpp.pdu.Pdu;
import io.omnihub.channel.smpp.pdu.Status;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what the message centre delivers to the hub, in the order in which it came, as much at once
 * as waits. Each delivery is answered with ok only when it is safe. One thread runs it; {@link
 * #deliver} and {@link #stop()} may be called from any.
 */
final class Intake implements Runnable, Link.Receiver {
  private static final Logger log = LoggerFactory.getLogger(Intake.class);
  private static final int MOST_WAITING = 1000;
  private static final int MOST_AT_ONCE = 100;

  private final String account;
  private final Reading reading;
  private final Hub hub;
  private final Duration tick;
  private final Clock clock;
  private final BlockingQueue<Waiting> arrivals = new LinkedBlockingQueue<>(MOST_WAITING);
  private volatile boolean stopped;

  Intake(String account, Reading reading, Hub hub, Duration tick, Clock clock) {
    this.account = account;
    this.reading = reading;
    this.hub = hub;
    this.tick = tick;
    this.clock = clock;
  }

  /** What makes events of deliveries. */
  record Reading(SmppInbound inbound, LongMessages longMessages, Repetitions repetitions) {}

  /** Where events go. */
  interface Hub {

    /**
     * Returns when the hub has it.
     *
     * @throws OverloadedException when it cannot take it now
     */
    void accept(InboundBatch batch);
  }

  /**
   * A delivery.
   *
   * @param link id of the connection that it came by
   * @param at when, in epoch milliseconds
   */
  record Arrival(String link, Pdu pdu, long at) {}

  /** An arrival and whom to answer. */
  private record Waiting(Link link, Arrival arrival) {
    void answer(int status) {
      link.answer(arrival.pdu(), status);
    }
  }

  /** What an arrival became: any number of events, which have to be safe before the answer. */
  private record Taken(Waiting waiting, List<InboundEvent> events) {}

  @Override
  public void deliver(Link link, Pdu pdu) {
    Arrival arrival = new Arrival(link.id(), pdu, clock.millis());
    if (stopped || !arrivals.offer(new Waiting(link, arrival))) {
      link.answer(pdu, Status.TEMPORARILY_REFUSED);
    }
  }

  @Override
  public void run() {
    List<Waiting> batch = new ArrayList<>();
    while (!stopped || !arrivals.isEmpty()) {
      try {
        Waiting first = arrivals.poll(tick.toMillis(), TimeUnit.MILLISECONDS);
        if (first != null) {
          batch.add(first);
          arrivals.drainTo(batch, MOST_AT_ONCE - 1);
          take(batch);
        }
        giveUpWaiting();
      } catch (InterruptedException e) {
        stopped = true;
      } catch (RuntimeException e) {
        // whatever went wrong with these must not end the reading of the others
        log.error("Taking messages of {} failed", account, e);
        batch.forEach(waiting -> answer(waiting, Status.SYSTEM_ERROR));
      }
      batch.clear();
    }
  }

  /** Nothing more is taken; what waits is finished. */
  void stop() {
    stopped = true;
  }

  private void take(List<Waiting> batch) {
    List<Taken> taken = new ArrayList<>();
    for (Waiting waiting : batch) {
      taken.add(new Taken(waiting, events(waiting.arrival())));
    }
    reading.repetitions().keep();
    int refusal = handIn(taken);
    for (Taken one : taken) {
      answer(one.waiting(), one.events().isEmpty() ? Status.OK : refusal);
    }
  }

  private void answer(Waiting waiting, int status) {
    reading.repetitions().answered(waiting.arrival(), status == Status.OK, clock.millis());
    waiting.answer(status);
  }

  private int handIn(List<Taken> taken) {
    List<InboundEvent> events = taken.stream().flatMap(one -> one.events().stream()).toList();
    if (events.isEmpty()) {
      return Status.OK;
    }
    try {
      hub.accept(new InboundBatch(events, "text/plain", raw(taken)));
      reading.longMessages().safe(events);
      return Status.OK;
    } catch (OverloadedException e) {
      log.debug("The hub takes no messages of {} now", account);
      return Status.TEMPORARILY_REFUSED;
    }
  }

  private List<InboundEvent> events(Arrival arrival) {
    SmppInbound.Content content =
        reading.inbound().read(arrival.pdu(), () -> reading.repetitions().stamp(arrival));
    return switch (content) {
      case SmppInbound.Content.Whole whole -> List.of(whole.event());
      case SmppInbound.Content.OnePart one ->
          reading.longMessages().add(one.part()).map(reading.inbound()::joined).stream().toList();
    };
  }

  /** Long messages whose parts do not come are handed in as far as they are there. */
  private void giveUpWaiting() {
    List<InboundEvent> events =
        reading.longMessages().overdue().stream()
            .map(reading.inbound()::joined)
            .map(InboundEvent.class::cast)
            .toList();
    if (events.isEmpty()) {
      return;
    }
    try {
      hub.accept(InboundBatch.of(events));
      reading.longMessages().safe(events);
    } catch (OverloadedException e) {
      log.debug("The hub takes no messages of {} now", account);
    }
  }

  /** One PDU in hexadecimal a line. */
  private static byte[] raw(List<Taken> taken) {
    StringBuilder lines = new StringBuilder();
    taken.stream()
        .filter(one -> !one.events().isEmpty())
        .forEach(one -> lines.append(one.waiting().arrival().pdu().hex()).append('\n'));
    return lines.toString().getBytes(StandardCharsets.US_ASCII);
  }
}
