package io.omnihub.core.http.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.omnihub.api.model.Capabilities;
import io.omnihub.api.model.InboundEvent;
import io.omnihub.core.journal.DeadLetters;
import io.omnihub.core.journal.DeadLetters.DeadLetter;
import io.omnihub.core.journal.Fact;
import io.omnihub.core.media.BlobStore;
import io.omnihub.core.outbox.BreakerState;
import io.omnihub.core.outbox.OutboxEntry;
import io.omnihub.core.plugin.ChannelInfo;
import io.omnihub.core.plugin.PluginHost;
import io.omnihub.core.store.Json;
import io.omnihub.core.store.Transaction;
import io.omnihub.core.subscription.Replays;
import io.omnihub.core.timeline.StoredMessage;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What operators look at: accounts, dead letters, attachments. */
public final class OperationsResource implements Resource {
  private static final Set<Role> OPERATORS = Set.of(Role.ADMIN, Role.SUPERVISOR);
  private static final Set<Role> READERS =
      Set.of(Role.ADMIN, Role.SUPERVISOR, Role.AGENT, Role.BACKEND);

  /** An attachment's id is long and random: who has it was given it. */
  private static final Set<Role> HOLDERS = Set.of(Role.values());

  /** What a provider sent as Content-Type goes out again only if it is one. */
  private static final Pattern MEDIA_TYPE =
      Pattern.compile("[\\w.+-]{1,80}/[\\w.+-]{1,80}(;[ -~]{0,120})?");

  private static final String BYTES = "application/octet-stream";

  private final Desk desk;
  private final DeadLetters deadLetters;
  private final BlobStore blobs;
  private final PluginHost plugins;
  private final Replays replays;
  private final Breakers breakers;

  public OperationsResource(Desk desk, Rooms rooms) {
    this.desk = desk;
    deadLetters = rooms.deadLetters();
    blobs = rooms.blobs();
    plugins = rooms.plugins();
    replays = rooms.replays();
    breakers = rooms.breakers();
  }

  /** What operators look into. */
  public record Rooms(
      DeadLetters deadLetters,
      BlobStore blobs,
      PluginHost plugins,
      Replays replays,
      Breakers breakers) {}

  /** Knows whether calls are kept away from an account or a backend. */
  public interface Breakers {
    BreakerState of(OutboxEntry.Kind kind, String target);
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        new Operation("GET", "/accounts", READERS, this::accounts),
        new Operation("GET", "/dead-letters", OPERATORS, this::list),
        new Operation("GET", "/dead-letters/:id", OPERATORS, this::show),
        new Operation("GET", "/dead-letters/:id/raw", OPERATORS, this::raw),
        new Operation("POST", "/dead-letters/:id/retry", OPERATORS, this::retry),
        new Operation("POST", "/dead-letters/:id/discard", OPERATORS, this::discard),
        new Operation("GET", "/attachments/:id", HOLDERS, this::attachment));
  }

  /** An account as the list shows it; the capabilities are null for a backend. */
  record AccountView(
      String id,
      String plugin,
      String kind,
      String state,
      String lastError,
      String breaker,
      Instant nextAttemptAt,
      Capabilities capabilities) {}

  private Reply accounts(Call call) {
    List<AccountView> views = new ArrayList<>();
    for (PluginHost.AccountState state : plugins.states()) {
      Optional<ChannelInfo> channel = desk.directory().channel(state.id());
      BreakerState breaker =
          breakers.of(
              channel.isPresent() ? OutboxEntry.Kind.SEND : OutboxEntry.Kind.TURN, state.id());
      views.add(
          new AccountView(
              state.id(),
              state.plugin(),
              channel.isPresent() ? "channel" : "backend",
              state.running() ? "running" : "failed",
              state.problem().isEmpty() ? null : state.problem(),
              breaker.phase().word(),
              breaker.nextAttemptAt(),
              channel.map(ChannelInfo::capabilities).orElse(null)));
    }
    desk.directory().backends().stream()
        .filter(backend -> backend.isDesk())
        .forEach(backend -> views.add(desk(backend.id())));
    return Reply.ok(new Page<>(views, null));
  }

  private static AccountView desk(String id) {
    return new AccountView(id, "desk", "backend", "running", null, "closed", null, null);
  }

  private Reply list(Call call) {
    int limit = call.limit();
    List<DeadLetter> found = deadLetters.list(call.query("cursor"), limit);
    List<Map<String, Object>> shown = found.stream().map(DeadLetter::view).toList();
    return Reply.ok(new Page<>(shown, found.size() < limit ? null : found.getLast().id()));
  }

  /** All of it, with the event that could not be applied. */
  private Reply show(Call call) {
    DeadLetter letter = find(call.path("id"));
    Map<String, Object> view = letter.view();
    view.put("state", DeadLetters.word(letter.state()));
    view.put("raw", letter.rawSeq() > 0 ? "/api/v1/dead-letters/" + letter.id() + "/raw" : null);
    Optional<Fact> fact = desk.journal().find(letter.factSeq());
    view.put("receivedAt", fact.map(Fact::receivedAt).orElse(null));
    view.put("event", fact.map(OperationsResource::event).orElse(null));
    return Reply.ok(view);
  }

  private static JsonNode event(Fact fact) {
    return Json.read(Json.write(fact.event(), InboundEvent.class), JsonNode.class);
  }

  private Reply raw(Call call) {
    DeadLetter letter = find(call.path("id"));
    DeadLetters.Raw raw =
        deadLetters.raw(letter).orElseThrow(() -> Problem.notFound("raw payload"));
    String type = MEDIA_TYPE.matcher(raw.mediaType()).matches() ? raw.mediaType() : BYTES;
    return new Reply.Bytes(type, letter.id(), raw.content());
  }

  private DeadLetter find(String id) {
    return deadLetters.find(id).orElseThrow(() -> Problem.notFound("dead letter"));
  }

  private DeadLetter open(String id) {
    DeadLetter letter = find(id);
    if (letter.state() != DeadLetters.State.OPEN) {
      throw Problem.notFound("open dead letter");
    }
    return letter;
  }

  private Reply retry(Call call) {
    DeadLetter letter = open(call.path("id"));
    return switch (letter.kind()) {
      case FACT, UNREADABLE -> retryFact(call, letter);
      case SEND -> desk.perform(call, tx -> retrySend(tx, letter));
      case NOTIFY -> desk.perform(call, tx -> retryNotify(tx, letter));
      case TURN ->
          throw Problem.of(409, "not-retryable", "hand the conversation to a backend instead");
    };
  }

  private Reply retryFact(Call call, DeadLetter letter) {
    Fact fact = desk.journal().find(letter.factSeq()).orElseThrow(() -> gone("fact"));
    return desk.perform(
        call,
        tx -> {
          if (!deadLetters.end(tx, letter.id(), true)) {
            return ended();
          }
          tx.afterCommit(() -> desk.journal().dispatch(fact));
          return new Reply.Empty(204);
        });
  }

  private Reply retrySend(Transaction tx, DeadLetter letter) throws SQLException {
    Optional<StoredMessage> message = desk.timeline().messages().find(tx, letter.subject());
    if (message.isEmpty()) {
      return new Reply.Refused(gone("message"));
    }
    if (!deadLetters.end(tx, letter.id(), true)) {
      return ended();
    }
    // a message that somebody has sent again in the meantime stays as it is
    boolean unused = desk.engine().resend(tx, message.get());
    return new Reply.Empty(204);
  }

  private Reply retryNotify(Transaction tx, DeadLetter letter) throws SQLException {
    if (!replays.retry(tx, letter)) {
      return new Reply.Refused(gone("subscription or the event"));
    }
    return new Reply.Empty(204);
  }

  private static Problem gone(String what) {
    return Problem.of(410, "gone", "the " + what + " is no longer kept");
  }

  private static Reply ended() {
    return new Reply.Refused(Problem.notFound("open dead letter"));
  }

  private Reply discard(Call call) {
    DeadLetter letter = open(call.path("id"));
    return desk.perform(
        call, tx -> deadLetters.end(tx, letter.id(), false) ? new Reply.Empty(204) : ended());
  }

  private Reply attachment(Call call) {
    BlobStore.Attachment attachment =
        blobs.find(call.path("id")).orElseThrow(() -> Problem.notFound("attachment"));
    return new Reply.File(attachment, blobs.file(attachment));
  }
}
