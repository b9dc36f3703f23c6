package io.omnihub.core.channel;

import io.micrometer.core.instrument.MeterRegistry;
import io.omnihub.api.model.Failure;
import io.omnihub.api.model.Failure.Code;
import io.omnihub.api.model.Message;
import io.omnihub.api.model.OutboundMessage;
import io.omnihub.api.model.Part;
import io.omnihub.api.model.SendOutcome;
import io.omnihub.api.route.HubGateway.HubRoute;
import io.omnihub.api.route.HubGateway.Kind;
import io.omnihub.core.identity.Contacts;
import io.omnihub.core.media.MediaIntake;
import io.omnihub.core.outbox.EntryRunner;
import io.omnihub.core.outbox.Outbox;
import io.omnihub.core.outbox.OutboxEntry;
import io.omnihub.core.outbox.SendEnd;
import io.omnihub.core.outbox.Verdict;
import io.omnihub.core.plugin.ChannelInfo;
import io.omnihub.core.plugin.Directory;
import io.omnihub.core.plugin.HubPorts;
import io.omnihub.core.store.Store;
import io.omnihub.core.store.Transaction;
import io.omnihub.core.telemetry.FirstAnswers;
import io.omnihub.core.telemetry.LogLines;
import io.omnihub.core.timeline.ConversationRow;
import io.omnihub.core.timeline.StoredMessage;
import io.omnihub.core.timeline.Timeline;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs sends, piece by piece. That a piece is begun is durable before the provider hears of it. */
public final class SendRunner implements EntryRunner {
  private static final Logger LOG = LoggerFactory.getLogger(SendRunner.class);
  private static final int REFERENCES = 20;

  private final Parts parts;
  private final HubPorts ports;
  private final Outcomes outcomes;
  private final Clock clock;
  private final MeterRegistry meters;

  public SendRunner(
      Parts parts, HubPorts ports, Outcomes outcomes, Clock clock, MeterRegistry meters) {
    this.clock = clock;
    this.parts = parts;
    this.ports = ports;
    this.outcomes = outcomes;
    this.meters = meters;
  }

  /** What it works with. */
  public record Parts(
      Store store,
      Outbox outbox,
      Timeline timeline,
      Contacts contacts,
      MediaIntake media,
      Directory directory,
      FirstAnswers firstAnswers) {}

  /** Knows what follows from the end of a piece. */
  public interface Outcomes {
    void ended(Transaction tx, SendEnd end) throws SQLException;
  }

  @Override
  public Verdict run(OutboxEntry entry, boolean claimed) {
    Optional<StoredMessage> stored =
        parts.store().read(tx -> parts.timeline().messages().find(tx, entry.subject()));
    Optional<ChannelInfo> account = parts.directory().channel(entry.target());
    if (stored.isEmpty() || account.isEmpty()) {
      SendOutcome gone =
          new SendOutcome.Refused(Failure.of(Code.CONFIG, "the account is no longer configured"));
      end(new SendEnd(entry, "", 1, clock.instant(), gone));
      return Verdict.NEITHER;
    } else if (entry.state() == OutboxEntry.State.INFLIGHT && !claimed) {
      SendOutcome unknown =
          new SendOutcome.Unknown(
              Failure.of(Code.UNKNOWN_OUTCOME, "the hub ended while it was being sent"));
      end(new SendEnd(entry, conversation(stored.get()), 1, clock.instant(), unknown));
      return Verdict.NEITHER;
    } else {
      return send(entry, withMedia(entry, stored.get()), account.get());
    }
  }

  @Override
  public void giveUp(OutboxEntry entry) {
    SendOutcome away =
        new SendOutcome.NotSent(Failure.of(Code.TRANSIENT, "the account fails all the time"));
    end(new SendEnd(entry, "", 1, clock.instant(), away));
  }

  private static String conversation(StoredMessage stored) {
    return stored.message().conversationId();
  }

  /** Media that a backend named by address are fetched before they are sent. */
  private StoredMessage withMedia(OutboxEntry entry, StoredMessage stored) {
    List<Part> before = stored.message().parts();
    List<Part> after = parts.media().take(entry.target(), before);
    if (after.equals(before)) {
      return stored;
    }
    return parts
        .store()
        .write(
            tx -> {
              parts.timeline().messages().replaceParts(tx, stored.message().id(), after);
              return parts.timeline().messages().find(tx, stored.message().id()).orElseThrow();
            });
  }

  private Verdict send(OutboxEntry entry, StoredMessage stored, ChannelInfo account) {
    List<List<Part>> pieces = new Fitter(account.capabilities()).fit(stored.message().parts());
    if (entry.piece() >= pieces.size()) {
      SendOutcome nothing =
          new SendOutcome.Refused(
              Failure.of(Code.CONTENT_REJECTED, "the channel can carry nothing of this message"));
      end(new SendEnd(entry, conversation(stored), 1, clock.instant(), nothing));
      return Verdict.NEITHER;
    }
    OutboundMessage message =
        parts.store().read(tx -> outbound(tx, entry, stored, pieces.get(entry.piece())));
    if (entry.state() != OutboxEntry.State.INFLIGHT) {
      begin(entry);
    }
    Instant began = clock.instant();
    long start = System.nanoTime();
    SendOutcome outcome =
        LogLines.about(message.conversationId(), message.id(), () -> call(entry, message));
    String word = outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    meters
        .timer("omnihub.sends", "account", entry.target(), "outcome", word)
        .record(Duration.ofNanos(System.nanoTime() - start));
    SendEnd end = new SendEnd(entry, conversation(stored), pieces.size(), began, outcome);
    end(end);
    if (outcome instanceof SendOutcome.Accepted && end.isLast()) {
      parts.firstAnswers().answered(end.conversation());
    }
    return verdict(outcome);
  }

  /** A refusal is an answer too; what the hub or the plugin did wrong says nothing. */
  private static Verdict verdict(SendOutcome outcome) {
    return switch (outcome) {
      case SendOutcome.Accepted accepted -> Verdict.WELL;
      case SendOutcome.Refused refused -> Verdict.WELL;
      case SendOutcome.Throttled throttled -> Verdict.WELL;
      case SendOutcome.NotSent notSent ->
          notSent.failure().code().actor() == Failure.Actor.LIMIT ? Verdict.WELL : Verdict.FAILED;
      case SendOutcome.Unknown unknown ->
          unknown.failure().code().actor() == Failure.Actor.PROVIDER
              ? Verdict.FAILED
              : Verdict.NEITHER;
    };
  }

  private void begin(OutboxEntry entry) {
    parts
        .store()
        .write(
            tx -> {
              parts.outbox().begin(tx, entry.seq(), 0);
              return null;
            });
  }

  private OutboundMessage outbound(
      Transaction tx, OutboxEntry entry, StoredMessage stored, List<Part> piece)
      throws SQLException {
    Message message = stored.message();
    ConversationRow conversation =
        parts.timeline().conversations().find(tx, message.conversationId()).orElseThrow();
    Contacts.IdentityRow identity =
        parts.contacts().findById(tx, stored.identityId()).orElseThrow();
    boolean refers = parts.directory().channel(entry.target()).orElseThrow().refers();
    List<String> references =
        !refers
            ? List.of()
            : parts
                .timeline()
                .messages()
                .providerIds(tx, conversation.id(), entry.target(), stored.position(), REFERENCES);
    String replyTo =
        message.replyTo() == null
            ? ""
            : parts
                .timeline()
                .messages()
                .find(tx, message.replyTo())
                .map(m -> m.message().providerId())
                .orElse("");
    return new OutboundMessage(
        message.id(),
        message.id() + "/" + entry.piece(),
        conversation.id(),
        identity.identity(),
        stored.address(),
        message.thread() == null ? "" : message.thread(),
        conversation.subject() == null ? "" : conversation.subject(),
        message.author(),
        piece,
        replyTo == null ? "" : replyTo,
        references,
        message.attributes(),
        message);
  }

  private SendOutcome call(OutboxEntry entry, OutboundMessage message) {
    Optional<HubRoute> route = ports.route(Kind.OUTBOUND, entry.target());
    if (route.isEmpty()) {
      return new SendOutcome.NotSent(Failure.of(Code.CONFIG, "the account is not running"));
    }
    try {
      return route.get().call(message, Map.of()).body() instanceof SendOutcome outcome
          ? outcome
          : new SendOutcome.Unknown(Failure.of(Code.INTERNAL, "the plugin answered no outcome"));
    } catch (Exception e) {
      LOG.warn("the route of account {} failed: {}", entry.target(), e.getClass().getName());
      LOG.debug("the route of account {} failed", entry.target(), e);
      return new SendOutcome.Unknown(Failure.of(Code.INTERNAL, e.getClass().getSimpleName()));
    }
  }

  private void end(SendEnd end) {
    parts
        .store()
        .insist(
            tx -> {
              outcomes.ended(tx, end);
              return null;
            });
  }
}
