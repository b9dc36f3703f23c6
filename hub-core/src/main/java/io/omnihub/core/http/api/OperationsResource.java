package io.omnihub.core.http.api;

import io.omnihub.api.model.Capabilities;
import io.omnihub.core.journal.DeadLetters;
import io.omnihub.core.journal.DeadLetters.DeadLetter;
import io.omnihub.core.journal.Fact;
import io.omnihub.core.media.BlobStore;
import io.omnihub.core.plugin.ChannelInfo;
import io.omnihub.core.plugin.PluginHost;
import io.omnihub.core.subscription.Replays;
import io.omnihub.core.timeline.StoredMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What operators look at: accounts, dead letters, attachments. */
public final class OperationsResource implements Resource {
  private static final Set<Role> OPERATORS = Set.of(Role.ADMIN, Role.SUPERVISOR);
  private static final Set<Role> READERS =
      Set.of(Role.ADMIN, Role.SUPERVISOR, Role.AGENT, Role.BACKEND);

  /** An attachment's id is long and random: who has it was given it. */
  private static final Set<Role> HOLDERS = Set.of(Role.values());

  private final Desk desk;
  private final DeadLetters deadLetters;
  private final BlobStore blobs;
  private final PluginHost plugins;
  private final Replays replays;

  public OperationsResource(
      Desk desk, DeadLetters deadLetters, BlobStore blobs, PluginHost plugins, Replays replays) {
    this.desk = desk;
    this.deadLetters = deadLetters;
    this.blobs = blobs;
    this.plugins = plugins;
    this.replays = replays;
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        new Operation("GET", "/accounts", READERS, this::accounts),
        new Operation("GET", "/dead-letters", OPERATORS, this::list),
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
      Capabilities capabilities) {}

  private Reply accounts(Call call) {
    List<AccountView> views = new ArrayList<>();
    for (PluginHost.AccountState state : plugins.states()) {
      Optional<ChannelInfo> channel = desk.directory().channel(state.id());
      views.add(
          new AccountView(
              state.id(),
              state.plugin(),
              channel.isPresent() ? "channel" : "backend",
              state.running() ? "running" : "failed",
              state.problem().isEmpty() ? null : state.problem(),
              channel.map(ChannelInfo::capabilities).orElse(null)));
    }
    desk.directory().backends().stream()
        .filter(backend -> backend.isDesk())
        .forEach(
            backend ->
                views.add(new AccountView(backend.id(), "desk", "backend", "running", null, null)));
    return Reply.ok(new Page<>(views, null));
  }

  private Reply list(Call call) {
    int limit = call.limit();
    List<DeadLetter> found = deadLetters.list(call.query("cursor"), limit);
    List<Map<String, Object>> shown = found.stream().map(DeadLetter::view).toList();
    return Reply.ok(new Page<>(shown, found.size() < limit ? null : found.getLast().id()));
  }

  private DeadLetter find(String id) {
    return deadLetters.find(id).orElseThrow(() -> Problem.notFound("dead letter"));
  }

  private Reply retry(Call call) {
    DeadLetter letter = find(call.path("id"));
    switch (letter.kind()) {
      case FACT, UNREADABLE -> retryFact(letter);
      case SEND -> retrySend(letter);
      case NOTIFY -> {
        if (!replays.retry(letter)) {
          throw Problem.of(410, "gone", "the subscription or the event is no longer kept");
        }
      }
      case TURN ->
          throw Problem.of(409, "not-retryable", "hand the conversation to a backend instead");
    }
    return new Reply.Empty(204);
  }

  private void retryFact(DeadLetter letter) {
    Optional<Fact> fact = desk.journal().find(letter.factSeq());
    if (fact.isEmpty()) {
      throw Problem.of(410, "gone", "the fact is no longer kept");
    }
    boolean open = desk.store().write(tx -> deadLetters.end(tx, letter.id(), true));
    if (open) {
      desk.journal().dispatch(fact.get());
    }
  }

  private void retrySend(DeadLetter letter) {
    StoredMessage message =
        desk.store()
            .read(tx -> desk.timeline().messages().find(tx, letter.subject()))
            .orElseThrow(() -> Problem.of(410, "gone", "the message is no longer kept"));
    desk.store()
        .write(tx -> deadLetters.end(tx, letter.id(), true) && desk.engine().resend(tx, message));
  }

  private Reply discard(Call call) {
    DeadLetter letter = find(call.path("id"));
    desk.store().write(tx -> deadLetters.end(tx, letter.id(), false));
    return new Reply.Empty(204);
  }

  private Reply attachment(Call call) {
    BlobStore.Attachment attachment =
        blobs.find(call.path("id")).orElseThrow(() -> Problem.notFound("attachment"));
    return new Reply.File(attachment, blobs.file(attachment));
  }
}
