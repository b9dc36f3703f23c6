package io.omnihub.core.timeline;

import io.omnihub.api.model.Author;
import io.omnihub.api.model.Conversation.Owner;
import io.omnihub.api.model.Conversation.Status;
import io.omnihub.api.model.DeliveryStatus;
import io.omnihub.api.model.Identity;
import io.omnihub.api.model.Message;
import io.omnihub.api.model.Message.Direction;
import io.omnihub.api.model.Part;
import io.omnihub.api.model.Sender;
import io.omnihub.core.identity.Contacts;
import io.omnihub.core.store.Ids;
import io.omnihub.core.store.Store;
import io.omnihub.core.store.TestStores;
import io.omnihub.core.store.Transaction;
import io.omnihub.testkit.ManualClock;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A store with a timeline and what its tests need to fill it. */
final class TimelineRoom implements AutoCloseable {
  static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

  final ManualClock clock = new ManualClock(NOON);
  final Ids ids = new Ids(clock);
  final Contacts contacts = new Contacts("w", ids, clock);
  final Timeline timeline = new Timeline("w", clock, contacts, Changes.Listener.NONE);
  final Store store;

  TimelineRoom(Path dir) {
    store = TestStores.open(dir);
  }

  interface Step {
    void run(Transaction tx) throws SQLException;
  }

  void write(Step step) {
    store.write(
        tx -> {
          step.run(tx);
          return null;
        });
  }

  /** A person who is called so. */
  String contact(String name) {
    Sender sender = Sender.of(Identity.of("sample", name + ids.next()), name);
    return store.write(tx -> contacts.resolve(tx, "account-1", "US", sender)).contactId();
  }

  /** A new open conversation; answers its id. */
  String conversation(String contact, String account, String subject) {
    String id = ids.next();
    ConversationRow row =
        new ConversationRow(
            id,
            contact,
            "",
            Status.OPEN,
            new Owner(Owner.Kind.BACKEND, "bot"),
            1,
            List.of("bot", "desk"),
            null,
            null,
            account,
            "sample",
            subject,
            null,
            List.of("vip"),
            Map.of("order", "889"),
            null,
            0,
            0,
            0,
            clock.instant(),
            null,
            null,
            null);
    write(tx -> timeline.conversations().insert(tx, row));
    return id;
  }

  String conversation() {
    return conversation(contact("Ann"), "account-1", null);
  }

  Message message(String conversation, Direction direction, Part... parts) {
    boolean inbound = direction == Direction.INBOUND;
    return new Message(
        ids.next(),
        conversation,
        "",
        "account-1",
        "sample",
        direction,
        new Author(inbound ? Author.Kind.CONTACT : Author.Kind.BOT, "who", "Name"),
        List.of(parts),
        null,
        null,
        null,
        inbound ? clock.instant() : null,
        clock.instant(),
        null,
        null,
        inbound ? DeliveryStatus.RECEIVED : DeliveryStatus.QUEUED,
        null,
        List.of(),
        Map.of("k", List.of(1, "two")));
  }

  /** Adds a message; answers its position. */
  long add(Message message) {
    return store.write(
        tx ->
            timeline
                .messages()
                .insert(
                    tx, message, "identity-1", "address-1", Messages.Origin.at(clock.instant())));
  }

  StoredMessage find(String id) {
    return store.read(tx -> timeline.messages().find(tx, id)).orElseThrow();
  }

  /** As the database has it, not as readers remember it; not to be asked inside of a write. */
  StoredMessage written(String id) {
    return store.write(tx -> timeline.messages().find(tx, id)).orElseThrow();
  }

  @Override
  public void close() {
    store.close();
  }
}
