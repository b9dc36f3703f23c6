package io.omnihub.core.http.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.omnihub.api.model.Action;
import io.omnihub.api.model.Conversation;
import io.omnihub.api.model.Conversation.Owner;
import io.omnihub.api.model.Message;
import io.omnihub.api.model.Part;
import io.omnihub.core.conversation.ActResult;
import io.omnihub.core.conversation.Actor;
import io.omnihub.core.store.Transaction;
import io.omnihub.core.store.Transaction.Work;
import io.omnihub.core.timeline.Conversations;
import io.omnihub.core.timeline.StoredMessage;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** Conversations, their messages, notes and actions. */
public final class ConversationResource implements Resource {
  private static final Set<Role> READERS =
      Set.of(Role.ADMIN, Role.SUPERVISOR, Role.AGENT, Role.BACKEND, Role.PARTNER);
  private static final Set<Role> WRITERS = Set.of(Role.ADMIN, Role.SUPERVISOR, Role.AGENT);
  private static final Set<Role> ACTORS =
      Set.of(Role.ADMIN, Role.SUPERVISOR, Role.AGENT, Role.BACKEND);

  private final Desk desk;

  public ConversationResource(Desk desk) {
    this.desk = desk;
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        new Operation("GET", "/conversations", READERS, this::list),
        new Operation("GET", "/conversations/:id", READERS, this::get),
        new Operation("GET", "/conversations/:id/messages", READERS, this::messages),
        new Operation("POST", "/conversations/:id/messages", WRITERS, this::reply),
        new Operation("POST", "/conversations/:id/notes", ACTORS, this::note),
        new Operation("POST", "/conversations/:id/actions", ACTORS, this::act),
        new Operation(
            "GET", "/conversations/:id/audit", Set.of(Role.ADMIN, Role.SUPERVISOR), this::audit));
  }

  private Reply list(Call call) {
    boolean partner = call.principal().role() == Role.PARTNER;
    Conversations.Filter filter =
        new Conversations.Filter(
            call.query("status"),
            partner ? call.principal().name() : call.query("account"),
            call.query("channel"),
            call.query("handler"),
            call.query("assignee"),
            call.query("contact"),
            call.query("q"));
    String cursor = call.query("cursor");
    int dash = cursor.indexOf('_');
    long at = dash < 0 ? 0 : parse(cursor.substring(0, dash));
    String id = dash < 0 ? "" : cursor.substring(dash + 1);
    return desk.store()
        .read(
            tx -> {
              List<Conversations.Listed> found =
                  desk.timeline().conversations().list(tx, filter, at, id, call.limit());
              List<Conversation> shown = new ArrayList<>();
              for (Conversations.Listed listed : found) {
                desk.timeline()
                    .conversation(tx, listed.id())
                    .filter(conversation -> Desk.maySee(call.principal(), conversation))
                    .ifPresent(shown::add);
              }
              boolean more = found.size() == call.limit();
              String next = more ? found.getLast().at() + "_" + found.getLast().id() : null;
              return Reply.ok(new Page<>(shown, next));
            });
  }

  private static long parse(String number) {
    try {
      return Long.parseLong(number);
    } catch (NumberFormatException e) {
      throw Problem.badRequest("cursor: expected the value of next of an earlier answer");
    }
  }

  private Reply get(Call call) {
    return Reply.ok(desk.visible(call.principal(), call.path("id")));
  }

  private Reply messages(Call call) {
    Conversation conversation = desk.visible(call.principal(), call.path("id"));
    int limit = call.limit();
    List<StoredMessage> found =
        desk.store()
            .read(
                tx ->
                    desk.timeline().messages().after(tx, conversation.id(), call.cursor(0), limit));
    boolean partner = call.principal().role() == Role.PARTNER;
    List<Message> shown =
        found.stream()
            .map(StoredMessage::message)
            .filter(message -> !partner || isPartners(message, call.principal()))
            .toList();
    String next = found.size() < limit ? null : Long.toString(found.getLast().position());
    return Reply.ok(new Page<>(shown, next));
  }

  /** A partner sees what was said on its own account, and no notes. */
  static boolean isPartners(Message message, Principal partner) {
    return message.direction() != Message.Direction.NOTE
        && message.account().equals(partner.name());
  }

  /** What an agent writes. */
  record NewMessage(List<Part> parts, String account, String replyTo) {
    NewMessage {
      if (parts == null || parts.isEmpty()) {
        throw new IllegalArgumentException("parts: is missing, expected at least one part");
      }
      account = account == null ? "" : account;
    }
  }

  private Reply reply(Call call) {
    String id = desk.visible(call.principal(), call.path("id")).id();
    NewMessage message = call.json(NewMessage.class);
    Actor actor = Actor.agent(call.principal().name());
    return write(
        call,
        "reply",
        actor,
        tx ->
            told(
                tx,
                desk.engine()
                    .reply(tx, id, actor, message.parts(), message.account(), message.replyTo()),
                this::written));
  }

  /** What an agent notes. */
  record NewNote(String text) {
    NewNote {
      if (text == null || text.isBlank()) {
        throw new IllegalArgumentException("text: is missing, expected the words of the note");
      }
    }
  }

  private Reply note(Call call) {
    Action.Note note = new Action.Note(call.json(NewNote.class).text());
    return perform(call, List.of(note), OptionalLong.empty(), this::written);
  }

  private Reply act(Call call) {
    JsonNode body = call.json();
    JsonNode list = body.has("actions") ? body.get("actions") : body;
    List<Action> actions = new ArrayList<>();
    if (list.isArray()) {
      for (JsonNode node : list) {
        actions.add(Call.convert(node, Action.class, "action " + actions.size() + ": "));
      }
    } else {
      actions.add(Call.convert(list, Action.class, "action 0: "));
    }
    if (actions.isEmpty()) {
      throw Problem.badRequest("expected at least one action");
    }
    return perform(
        call,
        actions,
        epoch(call, body),
        (tx, ids) -> {
          List<Message> messages = new ArrayList<>();
          for (String id : ids) {
            messages.add(message(tx, id));
          }
          Conversation now = desk.timeline().conversation(tx, call.path("id")).orElseThrow();
          return Reply.ok(Map.of("conversation", now, "messages", messages));
        });
  }

  private static OptionalLong epoch(Call call, JsonNode body) {
    if (body.path("epoch").isIntegralNumber()) {
      return OptionalLong.of(body.get("epoch").asLong());
    }
    String query = call.query("epoch");
    return query.isEmpty() ? OptionalLong.empty() : OptionalLong.of(parse(query));
  }

  /** Makes the answer from the messages that were written, in the same transaction. */
  private interface Telling {
    Reply of(Transaction tx, List<String> messageIds) throws SQLException;
  }

  private Reply perform(Call call, List<Action> actions, OptionalLong epoch, Telling telling) {
    Conversation conversation = desk.visible(call.principal(), call.path("id"));
    Actor actor = actor(call.principal(), conversation);
    List<Action> meant = actions.stream().map(action -> meant(action, call.principal())).toList();
    return write(
        call,
        "actions",
        actor,
        tx -> told(tx, desk.engine().act(tx, conversation.id(), actor, meant, epoch), telling));
  }

  /** A key for backends speaks for the backend that has control. */
  private Actor actor(Principal principal, Conversation conversation) {
    if (principal.role() != Role.BACKEND) {
      return Actor.agent(principal.name());
    }
    boolean named = desk.directory().backend(principal.name()).isPresent();
    boolean owned = conversation.handler().kind() == Owner.Kind.BACKEND;
    return Actor.bot(named || !owned ? principal.name() : conversation.handler().id());
  }

  private static Action meant(Action action, Principal principal) {
    return action instanceof Action.Assign assign && assign.agent().equals("me")
        ? new Action.Assign(principal.name())
        : action;
  }

  private Reply write(Call call, String kind, Actor actor, Work<Reply> work) {
    return desk.command(
        call,
        "api",
        Map.of("what", kind, "conversation", call.path("id"), "actor", actor.toString()),
        work);
  }

  private static Reply told(Transaction tx, ActResult result, Telling telling) throws SQLException {
    return switch (result) {
      case ActResult.Done done -> telling.of(tx, done.messageIds());
      case ActResult.NotFound notFound -> new Reply.Refused(Problem.notFound("conversation"));
      case ActResult.Stale stale ->
          new Reply.Refused(
              Problem.of(
                  409,
                  "stale-control",
                  "control is with " + stale.owner() + " by now",
                  Map.of("epoch", stale.epoch(), "owner", stale.owner())));
      case ActResult.Invalid invalid ->
          new Reply.Refused(
              Problem.of(
                  422, "impossible-action", "action " + invalid.index() + ": " + invalid.detail()));
    };
  }

  private Reply written(Transaction tx, List<String> ids) throws SQLException {
    return new Reply.Json(201, message(tx, ids.getFirst()));
  }

  private Message message(Transaction tx, String id) throws SQLException {
    return desk.timeline().messages().find(tx, id).orElseThrow().message();
  }

  private Reply audit(Call call) {
    Conversation conversation = desk.visible(call.principal(), call.path("id"));
    return Reply.ok(
        new Page<>(
            desk.store().read(tx -> desk.timeline().audit().of(tx, conversation.id())), null));
  }
}
