package io.omnihub.core.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.omnihub.api.model.Conversation;
import io.omnihub.api.model.Conversation.Owner;
import io.omnihub.api.model.Conversation.Status;
import io.omnihub.api.model.Message;
import io.omnihub.api.model.Message.Direction;
import io.omnihub.api.model.Part;
import io.omnihub.core.timeline.Conversations.Filter;
import io.omnihub.core.timeline.Conversations.Listed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("store")
class ConversationsTest {
  private static final Filter ALL = new Filter("", "", "", "", "", "", "");

  @TempDir Path dir;

  private TimelineRoom room;
  private Conversations conversations;

  @BeforeEach
  void open() {
    room = new TimelineRoom(dir);
    conversations = room.timeline.conversations();
  }

  @AfterEach
  void close() {
    room.close();
  }

  private ConversationRow find(String id) {
    return room.store.read(tx -> conversations.find(tx, id)).orElseThrow();
  }

  private List<String> list(Filter filter) {
    return room.store.read(tx -> conversations.list(tx, filter, 0, "", 100)).stream()
        .map(Listed::id)
        .toList();
  }

  @Test
  void aConversationIsReadAsItWasWritten() {
    String contact = room.contact("Ann");
    String id = room.conversation(contact, "account-1", "Order 889");
    ConversationRow row = find(id);
    assertThat(row.contactId()).isEqualTo(contact);
    assertThat(row.chain()).containsExactly("bot", "desk");
    assertThat(row.owner()).isEqualTo(new Owner(Owner.Kind.BACKEND, "bot"));
    assertThat(row.subject()).isEqualTo("Order 889");
    assertThat(row.tags()).containsExactly("vip");
    assertThat(row.attributes()).isEqualTo(Map.of("order", "889"));
    assertThat(row.openedAt()).isEqualTo(TimelineRoom.NOON);
    assertThat(row.lastMessageAt()).isNull();
    assertThat(room.store.read(tx -> conversations.openOf(tx, contact)).orElseThrow())
        .isEqualTo(row);
  }

  @Test
  void statusFollowsWhoWroteLast() {
    String contact = room.contact("Ann");
    String id = room.conversation(contact, "account-1", null);
    room.write(tx -> conversations.customerWrote(tx, id, said("m1", "account-2", "mail")));
    room.write(tx -> conversations.customerWrote(tx, id, said("m2", "account-2", "mail")));
    assertThat(find(id))
        .extracting(ConversationRow::status, ConversationRow::unread, ConversationRow::account)
        .containsExactly(Status.OPEN, 2, "account-2");
    room.write(tx -> conversations.answered(tx, id, "m3", TimelineRoom.NOON.plusSeconds(5)));
    room.write(tx -> conversations.answered(tx, id, "m4", TimelineRoom.NOON.plusSeconds(9)));
    assertThat(find(id))
        .extracting(
            ConversationRow::status, ConversationRow::unread, ConversationRow::firstResponseAt)
        .containsExactly(Status.WAITING, 0, TimelineRoom.NOON.plusSeconds(5));
    room.write(tx -> conversations.close(tx, id, TimelineRoom.NOON.plusSeconds(20)));
    assertThat(find(id))
        .extracting(ConversationRow::status, ConversationRow::epoch)
        .containsExactly(Status.CLOSED, 2L);
    assertThat(room.store.read(tx -> conversations.openOf(tx, contact)).isPresent()).isFalse();
    assertThat(room.store.read(tx -> conversations.newestOf(tx, contact)).orElseThrow().id())
        .isEqualTo(id);
    room.write(tx -> conversations.customerWrote(tx, id, said("m5", "account-1", "sample")));
    assertThat(find(id))
        .extracting(ConversationRow::status, ConversationRow::closedAt)
        .containsExactly(Status.OPEN, null);
  }

  @Test
  void R47_everyChangeOfOwnerIsANewEpoch() {
    String id = room.conversation();
    for (int i = 0; i < 3; i++) {
      Owner owner = new Owner(Owner.Kind.AGENT, "agent-" + i);
      room.write(tx -> conversations.setOwner(tx, id, owner, "first", owner.id()));
      assertThat(find(id))
          .extracting(ConversationRow::owner, ConversationRow::epoch, ConversationRow::assignee)
          .containsExactly(owner, i + 2L, owner.id());
    }
  }

  @Test
  void listsAreNarrowed() {
    String ann = room.contact("Ann");
    String bob = room.contact("Bob 100%");
    String first = room.conversation(ann, "account-1", "Broken shoe");
    room.clock.advance(Duration.ofSeconds(1));
    String second = room.conversation(bob, "account-2", null);
    room.write(
        tx ->
            conversations.setOwner(tx, second, new Owner(Owner.Kind.AGENT, "eve"), "first", "eve"));
    room.write(tx -> conversations.answered(tx, second, "m", room.clock.instant()));

    assertThat(list(ALL)).containsExactly(second, first);
    assertThat(list(new Filter("open", "", "", "", "", "", ""))).containsExactly(first);
    assertThat(list(new Filter("waiting", "", "", "", "", "", ""))).containsExactly(second);
    assertThat(list(new Filter("", "account-2", "", "", "", "", ""))).containsExactly(second);
    assertThat(list(new Filter("", "", "sample", "", "", "", ""))).hasSize(2);
    assertThat(list(new Filter("", "", "", "bot", "", "", ""))).containsExactly(first);
    assertThat(list(new Filter("", "", "", "", "eve", "", ""))).containsExactly(second);
    assertThat(list(new Filter("", "", "", "", "", ann, ""))).containsExactly(first);
    assertThat(list(new Filter("", "", "", "", "", "", "SHOE"))).containsExactly(first);
    assertThat(list(new Filter("", "", "", "", "", "", "bob"))).containsExactly(second);
    assertThat(list(new Filter("open", "", "", "", "eve", "", ""))).isEmpty();
    assertThat(list(new Filter("' OR 1=1 --", "", "", "", "", "", ""))).isEmpty();
  }

  @Test
  void listsArePagedAlsoWhereTimesAreTheSame() {
    List<String> newestFirst = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      newestFirst.addFirst(room.conversation());
      room.clock.advance(Duration.ofMillis(i % 3 == 0 ? 1 : 0));
    }
    List<String> seen = new ArrayList<>();
    List<Listed> page = room.store.read(tx -> conversations.list(tx, ALL, 0, "", 7));
    while (!page.isEmpty()) {
      page.forEach(listed -> seen.add(listed.id()));
      Listed last = page.getLast();
      page = room.store.read(tx -> conversations.list(tx, ALL, last.at(), last.id(), 7));
    }
    assertThat(seen).isEqualTo(newestFirst);
  }

  @Test
  void theOutsideSeesAConversationWithItsLastMessage() {
    String id = room.conversation();
    Message message = room.message(id, Direction.INBOUND, Part.Text.plain("hello"));
    room.add(message);
    room.write(
        tx -> conversations.customerWrote(tx, id, said(message.id(), "account-1", "sample")));
    Conversation seen = room.store.read(tx -> room.timeline.conversation(tx, id)).orElseThrow();
    assertThat(seen.lastMessage().id()).isEqualTo(message.id());
    assertThat(seen.unread()).isEqualTo(1);
    assertThat(room.store.read(tx -> room.timeline.conversation(tx, "unknown")).isPresent())
        .isFalse();
  }

  private static Conversations.Said said(String message, String account, String channel) {
    return new Conversations.Said(message, account, channel, TimelineRoom.NOON, 7);
  }
}
