package io.omnihub.core.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.omnihub.api.json.HubJson;
import io.omnihub.api.model.DeliveryStatus;
import io.omnihub.api.model.Failure;
import io.omnihub.api.model.Message;
import io.omnihub.api.model.Message.Direction;
import io.omnihub.api.model.Message.Reaction;
import io.omnihub.api.model.Part;
import io.omnihub.api.model.Part.Option;
import io.omnihub.core.store.Transaction;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("store")
class MessagesTest {
  private static final List<Option> OPTIONS =
      List.of(Option.of("y", "Yes"), new Option("s", "Shop", "https://x.test"));

  @TempDir Path dir;

  private TimelineRoom room;
  private Messages messages;

  @BeforeEach
  void open() {
    room = new TimelineRoom(dir);
    messages = room.timeline.messages();
  }

  @AfterEach
  void close() {
    room.close();
  }

  static Stream<Part> parts() {
    Part.Card card = new Part.Card("Shoe", "Red", "https://x.test/i.png", OPTIONS);
    return Stream.of(
        Part.Text.plain("hello\n\t\"quoted\" 你好 😀 \u0001"),
        new Part.Text("**bold**", Part.Format.MARKDOWN),
        new Part.Text("<b>bold</b>", Part.Format.HTML),
        new Part.Media(
            Part.MediaKind.VOICE, "/api/v1/attachments/1", "audio/ogg", 12, "a.ogg", "listen"),
        new Part.Media(null, "fetch:1", "", 0, "", ""),
        new Part.Location(0, 0, "", ""),
        new Part.Location(-90, 180, "Pole", "Ice 1"),
        new Part.ContactCard("Bob", List.of("+1"), List.of("b@x.test")),
        new Part.ContactCard("", List.of(), List.of()),
        new Part.Choices("Sure?", Part.Style.LIST, OPTIONS),
        new Part.Choice("y", ""),
        card,
        new Part.Card("", "", "", List.of()),
        new Part.Carousel(List.of(card, card)),
        new Part.Carousel(List.of()),
        new Part.Template("hello", "en", List.of("a", "")),
        new Part.Unsupported("poll", HubJson.mapper().createObjectNode().put("question", "?")));
  }

  @ParameterizedTest
  @MethodSource("parts")
  void everyPartIsReadAsItWasWritten(Part part) {
    Message message = room.message(room.conversation(), Direction.INBOUND, part, part);
    room.add(message);
    assertThat(room.written(message.id()).message().parts()).containsExactly(part, part);
  }

  @ParameterizedTest
  @EnumSource(Direction.class)
  void aMessageIsReadAsItWasWritten(Direction direction) {
    String contact = room.contact("Ann");
    Message message =
        room.message(
            room.conversation(contact, "account-1", null), direction, Part.Text.plain("hello"));
    long position = room.add(message);
    StoredMessage stored = room.written(message.id());
    assertThat(stored.position()).isEqualTo(position);
    assertThat(stored.identityId()).isEqualTo("identity-1");
    assertThat(stored.address()).isEqualTo("address-1");
    assertThat(stored.message().contactId()).isEqualTo(contact);
    assertThat(stored.message())
        .usingRecursiveComparison()
        .ignoringFields("contactId")
        .isEqualTo(message);
  }

  @Test
  void pagesGoForthAndBack() {
    String conversation = room.conversation();
    String other = room.conversation();
    List<Long> positions = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      positions.add(
          room.add(room.message(conversation, Direction.INBOUND, Part.Text.plain("m" + i))));
      room.add(room.message(other, Direction.INBOUND, Part.Text.plain("other")));
    }
    List<Long> forth = new ArrayList<>();
    long[] cursor = {0};
    List<StoredMessage> page =
        room.store.read(tx -> messages.after(tx, conversation, cursor[0], 10));
    while (!page.isEmpty()) {
      page.forEach(message -> forth.add(message.position()));
      cursor[0] = forth.getLast();
      page = room.store.read(tx -> messages.after(tx, conversation, cursor[0], 10));
    }
    assertThat(forth).isEqualTo(positions);

    List<StoredMessage> newest =
        room.store.read(tx -> messages.before(tx, conversation, Long.MAX_VALUE, 10));
    assertThat(newest).extracting(StoredMessage::position).isEqualTo(positions.subList(15, 25));
    List<StoredMessage> earlier =
        room.store.read(tx -> messages.before(tx, conversation, newest.getFirst().position(), 100));
    assertThat(earlier).extracting(StoredMessage::position).isEqualTo(positions.subList(0, 15));
  }

  @Test
  void whatWasSaidWithSomebodyLeavesOutNotes() {
    String conversation = room.conversation();
    room.add(room.message(conversation, Direction.INBOUND, Part.Text.plain("in")));
    room.add(room.message(conversation, Direction.NOTE, Part.Text.plain("note")));
    room.add(room.message(conversation, Direction.OUTBOUND, Part.Text.plain("out")));
    assertThat(
            words(room.store.read(tx -> messages.ofIdentity(tx, "identity-1", "account-1", 0, 10))))
        .containsExactly("in", "out");
    assertThat(
            words(
                room.store.read(tx -> messages.newestOfIdentity(tx, "identity-1", "account-1", 1))))
        .containsExactly("out");
    assertThat(
            words(room.store.read(tx -> messages.ofIdentity(tx, "identity-1", "account-2", 0, 10))))
        .isEmpty();
  }

  @Test
  void messagesAreListedAcrossConversationsByStatusAndAccount() {
    Message queued =
        room.message(room.conversation(), Direction.OUTBOUND, Part.Text.plain("queued"));
    room.add(queued);
    room.add(room.message(room.conversation(), Direction.INBOUND, Part.Text.plain("in")));
    assertThat(words(across("", ""))).containsExactly("in", "queued");
    assertThat(words(across("queued", ""))).containsExactly("queued");
    assertThat(words(across("", "account-1"))).hasSize(2);
    assertThat(words(across("failed", "account-1"))).isEmpty();
    assertThat(words(across("", "account-9"))).isEmpty();
  }

  private List<StoredMessage> across(String status, String account) {
    return room.store.read(tx -> messages.across(tx, status, account, Long.MAX_VALUE, 10));
  }

  @Test
  void statusFailureAndSendingAreKept() {
    Message message = room.message(room.conversation(), Direction.OUTBOUND, Part.Text.plain("out"));
    room.add(message);
    Instant sent = TimelineRoom.NOON.plusSeconds(1);
    room.write(tx -> setSent(tx, message, "p1", sent));
    room.write(tx -> setSent(tx, message, "p2", sent.plusSeconds(1)));
    Failure failure = Failure.of(Failure.Code.WINDOW_CLOSED, "too late");
    room.write(tx -> messages.setStatus(tx, message.id(), DeliveryStatus.FAILED, failure, sent));
    Message failed = room.find(message.id()).message();
    assertThat(failed.providerId()).isEqualTo("p1");
    assertThat(failed.sentAt()).isEqualTo(sent);
    assertThat(failed.status()).isEqualTo(DeliveryStatus.FAILED);
    assertThat(failed.failure()).isEqualTo(failure);
    room.write(tx -> messages.setStatus(tx, message.id(), DeliveryStatus.READ, null, sent));
    assertThat(room.find(message.id()).message().failure()).isNull();
  }

  private void setSent(Transaction tx, Message message, String providerId, Instant at) {
    messages.setSent(
        tx, message.id(), new Messages.Sent(providerId, at, at, 1, DeliveryStatus.SENT));
  }

  @Test
  void R45_editsReactionsAndDeletionsBelongToTheMessage() {
    Message message = room.message(room.conversation(), Direction.INBOUND, Part.Text.plain("one"));
    room.add(message);
    Instant later = TimelineRoom.NOON.plusSeconds(5);
    for (String words : List.of("two", "three")) {
      room.write(
          tx ->
              messages.edit(
                  tx,
                  room.find(message.id()),
                  List.of(Part.Text.plain(words)),
                  later.plusSeconds(words.length())));
    }
    room.write(
        tx -> messages.setReactions(tx, room.find(message.id()), "ann", List.of("👍", "❤️")));
    room.write(tx -> messages.setReactions(tx, room.find(message.id()), "bob", List.of("😀")));
    room.write(tx -> messages.setReactions(tx, room.find(message.id()), "ann", List.of("👎")));
    room.write(tx -> messages.markDeleted(tx, message.id(), later));

    Message now = room.find(message.id()).message();
    assertThat(now.parts()).containsExactly(Part.Text.plain("three"));
    assertThat(now.editedAt()).isEqualTo(later.plusSeconds(5));
    assertThat(now.deletedAt()).isEqualTo(later);
    assertThat(now.reactions())
        .containsExactlyInAnyOrder(new Reaction("bob", "😀"), new Reaction("ann", "👎"));
    List<String> history =
        room.store.read(
            tx ->
                tx.list(row -> row.text("parts"), "SELECT parts FROM message_version ORDER BY at"));
    assertThat(history).hasSize(2).first().asString().contains("\"one\"");
  }

  private static List<String> words(List<StoredMessage> stored) {
    return stored.stream()
        .map(message -> ((Part.Text) message.message().parts().getFirst()).text())
        .toList();
  }

  @Test
  void theLastAnswerIsKnown() {
    String conversation = room.conversation();
    assertThat(lastOutbound(conversation)).isZero();
    room.add(room.message(conversation, Direction.INBOUND, Part.Text.plain("in")));
    long out = room.add(room.message(conversation, Direction.OUTBOUND, Part.Text.plain("out")));
    room.add(room.message(conversation, Direction.NOTE, Part.Text.plain("note")));
    assertThat(lastOutbound(conversation)).isEqualTo(out);
  }

  private long lastOutbound(String conversation) {
    return room.store.read(tx -> messages.lastOutbound(tx, conversation));
  }
}
