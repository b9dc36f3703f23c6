package io.omnihub.core.http.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.omnihub.api.model.Author;
import io.omnihub.api.model.Conversation;
import io.omnihub.api.model.Identity;
import io.omnihub.api.model.Message;
import io.omnihub.api.model.Part;
import io.omnihub.core.channel.Fitter;
import io.omnihub.core.conversation.ActResult;
import io.omnihub.core.conversation.Actor;
import io.omnihub.core.conversation.ConversationEngine;
import io.omnihub.core.plugin.ChannelInfo;
import io.omnihub.core.store.Json;
import io.omnihub.core.store.Transaction;
import io.omnihub.core.timeline.StoredMessage;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Messages across conversations: lists, new conversations, and what to do about those that are
 * uncertain or have failed.
 */
public final class MessageResource implements Resource {
  private static final Set<Role> READERS = Set.of(Role.ADMIN, Role.SUPERVISOR, Role.PARTNER);
  private static final Set<Role> EVERYBODY = Set.of(Role.values());
  private static final Set<Role> STARTERS =
      Set.of(Role.ADMIN, Role.SUPERVISOR, Role.AGENT, Role.PARTNER);
  private static final Set<Role> AGENTS = Set.of(Role.ADMIN, Role.SUPERVISOR, Role.AGENT);

  private final Desk desk;

  public MessageResource(Desk desk) {
    this.desk = desk;
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        new Operation("GET", "/messages", READERS, this::list),
        new Operation("POST", "/messages", STARTERS, this::start),
        new Operation("GET", "/messages/:id", EVERYBODY, this::get),
        new Operation("GET", "/messages/:id/way", EVERYBODY, this::way),
        new Operation("POST", "/messages/:id/resend", AGENTS, this::resend),
        new Operation("POST", "/messages/:id/settle", AGENTS, this::settle),
        new Operation("POST", "/render", AGENTS, this::render));
  }

  private Reply list(Call call) {
    boolean partner = call.principal().role() == Role.PARTNER;
    String account = partner ? call.principal().name() : call.query("account");
    int limit = call.limit();
    List<StoredMessage> found =
        desk.store()
            .read(
                tx ->
                    desk.timeline()
                        .messages()
                        .across(
                            tx, call.query("status"), account, call.cursor(Long.MAX_VALUE), limit));
    List<Message> shown =
        found.stream()
            .map(StoredMessage::message)
            .filter(message -> !partner || message.direction() != Message.Direction.NOTE)
            .toList();
    String next = found.size() < limit ? null : Long.toString(found.getLast().position());
    return Reply.ok(new Page<>(shown, next));
  }

  private Reply get(Call call) {
    return Reply.ok(visible(call));
  }

  private Reply way(Call call) {
    Message message = visible(call);
    Principal caller = call.principal();
    String account = caller.role() == Role.PARTNER ? caller.name() : "";
    return Reply.ok(
        desk.store()
            .read(tx -> desk.timeline().ways().of(tx, message.id(), account))
            .orElseThrow(() -> Problem.notFound("message")));
  }

  /** The message, if the caller may see it among those of its conversation. */
  private Message visible(Call call) {
    Message message = find(call.path("id")).message();
    Conversation unused = desk.visible(call.principal(), message.conversationId());
    if (call.principal().role() == Role.PARTNER
        && !ConversationResource.isPartners(message, call.principal())) {
      throw Problem.forbidden();
    }
    return message;
  }

  /** To whom: a contact or an identity. */
  record Recipient(String contact, Identity identity) {}

  record NewMessage(Recipient to, String account, List<Part> parts, boolean bulk) {
    NewMessage {
      if (to == null || (to.contact() == null) == (to.identity() == null)) {
        throw new IllegalArgumentException("to: expected either a contact or an identity");
      }
      if (account == null || account.isBlank()) {
        throw new IllegalArgumentException("account: is missing, expected a channel account");
      }
      if (parts == null || parts.isEmpty()) {
        throw new IllegalArgumentException("parts: is missing, expected at least one part");
      }
    }
  }

  private Reply start(Call call) {
    NewMessage message = call.json(NewMessage.class);
    if (call.principal().role() == Role.PARTNER
        && !message.account().equals(call.principal().name())) {
      throw Problem.forbidden();
    }
    ChannelInfo account =
        desk.directory()
            .channel(message.account())
            .orElseThrow(
                () ->
                    Problem.of(
                        422,
                        "impossible-action",
                        "there is no account '" + message.account() + "'"));
    Actor actor =
        call.principal().role() == Role.PARTNER
            ? new Actor(Author.Kind.SYSTEM, call.principal().name(), "")
            : Actor.agent(call.principal().name());
    return desk.command(
        call,
        account.id(),
        Map.of("what", "start", "actor", actor.toString()),
        tx -> started(tx, start(tx, account, actor, message)));
  }

  private ActResult start(Transaction tx, ChannelInfo account, Actor actor, NewMessage message)
      throws SQLException {
    ConversationEngine.Opening opening =
        new ConversationEngine.Opening(actor, message.parts(), message.bulk());
    return message.to().identity() != null
        ? desk.engine().startWith(tx, account, message.to().identity(), opening)
        : desk.engine().startWith(tx, account, message.to().contact(), opening);
  }

  private Reply started(Transaction tx, ActResult result) throws SQLException {
    return switch (result) {
      case ActResult.Done done -> shown(tx, 201, done.messageIds().getFirst());
      case ActResult.Invalid invalid ->
          new Reply.Refused(Problem.of(422, "impossible-action", invalid.detail()));
      case ActResult.NotFound notFound -> new Reply.Refused(Problem.notFound("contact"));
      case ActResult.Stale stale ->
          new Reply.Refused(Problem.of(409, "stale-control", "control is with " + stale.owner()));
    };
  }

  private Reply shown(Transaction tx, int status, String id) throws SQLException {
    return new Reply.Json(status, desk.timeline().messages().find(tx, id).orElseThrow().message());
  }

  private StoredMessage find(String id) {
    return desk.store()
        .read(tx -> desk.timeline().messages().find(tx, id))
        .orElseThrow(() -> Problem.notFound("message"));
  }

  private Reply resend(Call call) {
    StoredMessage message = find(call.path("id"));
    desk.visible(call.principal(), message.message().conversationId());
    String id = message.message().id();
    return desk.perform(
        call,
        tx ->
            desk.engine().resend(tx, desk.timeline().messages().find(tx, id).orElseThrow())
                ? shown(tx, 200, id)
                : unsettled("only a message that is uncertain or has failed can be sent again"));
  }

  private Reply settle(Call call) {
    StoredMessage message = find(call.path("id"));
    desk.visible(call.principal(), message.message().conversationId());
    String status = call.json().path("status").asText("");
    if (!status.equals("sent") && !status.equals("failed")) {
      throw Problem.badRequest("status: expected sent or failed");
    }
    String id = message.message().id();
    return desk.perform(
        call,
        tx ->
            desk.engine().settle(tx, id, status.equals("sent"))
                ? shown(tx, 200, id)
                : unsettled("only a message that is uncertain can be settled"));
  }

  private static Reply unsettled(String detail) {
    return new Reply.Refused(Problem.of(409, "not-unsettled", detail));
  }

  private static JsonNode json(List<Part> piece) {
    return Json.read(Json.parts(piece), JsonNode.class);
  }

  private Reply render(Call call) {
    JsonNode body = call.json();
    Part[] parts = Call.convert(body.path("parts"), Part[].class, "parts: ");
    String account = body.path("account").asText("");
    List<ChannelInfo> channels =
        account.isEmpty()
            ? desk.directory().channels()
            : List.of(
                desk.directory().channel(account).orElseThrow(() -> Problem.notFound("account")));
    Map<String, Object> shown = new LinkedHashMap<>();
    for (ChannelInfo channel : channels) {
      List<List<Part>> pieces = new Fitter(channel.capabilities()).fit(List.of(parts));
      List<Part> flat = new ArrayList<>();
      pieces.forEach(flat::addAll);
      boolean same = flat.equals(List.of(parts));
      List<JsonNode> json = pieces.stream().map(MessageResource::json).toList();
      shown.put(channel.id(), Map.of("pieces", json, "changed", !same));
    }
    return Reply.ok(shown);
  }
}
