package io.omnihub.channel.telegram;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.omnihub.api.json.HubJson;
import io.omnihub.api.model.Identity;
import io.omnihub.api.model.InboundEvent;
import io.omnihub.api.model.Part;
import io.omnihub.api.model.Threading;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.zip.CRC32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Updates of the Bot API as events. */
final class TelegramInbound {
  private static final Logger LOG = LoggerFactory.getLogger(TelegramInbound.class);

  private final GroupPolicy groups;
  private final PressedOptions options;
  private final Clock clock;

  TelegramInbound(GroupPolicy groups, PressedOptions options, Clock clock) {
    this.groups = groups;
    this.options = options;
    this.clock = clock;
  }

  /** Everything that an update says; empty for what is not of interest. */
  List<InboundEvent> events(JsonNode update) {
    List<InboundEvent> events = new ArrayList<>();
    update
        .properties()
        .forEach(
            field -> {
              if (field.getValue().isObject()) {
                events.addAll(events(update, field.getKey(), field.getValue()));
              }
            });
    return events;
  }

  /** Ids of presses of buttons in an update, which Telegram wants answered. */
  static List<String> presses(JsonNode update) {
    String id = update.path("callback_query").path("id").asText("");
    return id.isEmpty() ? List.of() : List.of(id);
  }

  private List<InboundEvent> events(JsonNode update, String kind, JsonNode content) {
    return switch (kind) {
      case "message", "business_message" -> messages(update, content, this::received);
      case "edited_message", "edited_business_message" -> messages(update, content, this::edited);
      case "deleted_business_messages" -> deleted(content);
      case "message_reaction" -> reaction(content);
      case "my_chat_member" -> reachability(content);
      case "callback_query" -> press(content);
      case "channel_post", "edited_channel_post" -> ignored(kind);
      default -> unknown(kind, content);
    };
  }

  private static List<InboundEvent> ignored(String kind) {
    LOG.debug("ignored an update of kind {}", kind);
    return List.of();
  }

  /** A kind newer than this connector is kept if somebody wrote it somewhere. */
  private List<InboundEvent> unknown(String kind, JsonNode content) {
    return TelegramMessage.read(content)
        .filter(message -> !message.fromBot() && groups.admits(content))
        .map(
            message ->
                List.of(received(message, kind, List.of(new Part.Unsupported(kind, content)))))
        .orElseGet(() -> ignored(kind));
  }

  private List<InboundEvent> messages(
      JsonNode update, JsonNode content, Function<TelegramMessage, InboundEvent> toEvent) {
    Optional<TelegramMessage> message = TelegramMessage.read(content);
    if (message.isEmpty()) {
      return List.of(unreadable(update));
    }
    boolean taken =
        message.get().fromBusiness() || (!message.get().fromBot() && groups.admits(content));
    return taken ? List.of(toEvent.apply(message.get())) : ignored("message");
  }

  private InboundEvent unreadable(JsonNode update) {
    return new InboundEvent.Unreadable(
        "update/" + update.path("update_id").asText("unknown"),
        Identity.of("telegram", "unknown"),
        clock.instant(),
        "a message that does not say who wrote it where");
  }

  private InboundEvent received(TelegramMessage message) {
    List<Part> parts = TelegramContent.parts(message.raw());
    if (message.fromBusiness()) {
      return new InboundEvent.MessageEchoed(
          "echo/" + message.path(),
          message.providerId(),
          TelegramMessage.identity(message.address().chat()),
          message.address().toString(),
          message.threading(),
          message.at(),
          parts);
    }
    return received(message, "message", parts);
  }

  private static InboundEvent received(TelegramMessage message, String kind, List<Part> parts) {
    return new InboundEvent.MessageReceived(
        kind + "/" + message.path(),
        message.providerId(),
        TelegramMessage.sender(message.raw()),
        message.address().toString(),
        message.threading(),
        message.at(),
        parts,
        message.replyTo(),
        false,
        message.attributes());
  }

  /** Two edits in one second differ in what they say, so that is part of the key. */
  private InboundEvent edited(TelegramMessage message) {
    List<Part> parts = TelegramContent.parts(message.raw());
    long customer = message.fromBusiness() ? message.address().chat() : message.fromId();
    Instant at = message.editedAt();
    return new InboundEvent.MessageEdited(
        "edit/" + message.path() + "/" + at.getEpochSecond() + "/" + digest(parts),
        TelegramMessage.identity(customer),
        message.providerId(),
        at,
        parts);
  }

  private List<InboundEvent> deleted(JsonNode content) {
    long chat = content.path("chat").path("id").asLong();
    ChatAddress address = new ChatAddress(chat, content.path("business_connection_id").asText(""));
    List<InboundEvent> events = new ArrayList<>();
    for (JsonNode id : content.path("message_ids")) {
      events.add(
          new InboundEvent.MessageDeleted(
              "delete/" + address + "/" + id.asLong(),
              TelegramMessage.identity(chat),
              address.providerId(id.asLong()),
              clock.instant()));
    }
    return events;
  }

  private List<InboundEvent> reaction(JsonNode content) {
    long user = content.path("user").path("id").asLong();
    if (user == 0 || !groups.admitsReaction(content)) {
      return ignored("message_reaction");
    }
    List<String> emojis = new ArrayList<>();
    content.path("new_reaction").forEach(type -> emojis.add(emoji(type)));
    ChatAddress address =
        new ChatAddress(
            content.path("chat").path("id").asLong(),
            content.path("business_connection_id").asText(""));
    long date = content.path("date").asLong();
    long id = content.path("message_id").asLong();
    return List.of(
        new InboundEvent.ReactionChanged(
            "reaction/%s/%d/%d/%d/%s".formatted(address, id, user, date, digest(emojis)),
            TelegramMessage.identity(user),
            address.providerId(id),
            Instant.ofEpochSecond(date),
            emojis));
  }

  private static String emoji(JsonNode type) {
    return switch (type.path("type").asText("")) {
      case "emoji" -> type.path("emoji").asText("");
      case "custom_emoji" -> "custom:" + type.path("custom_emoji_id").asText("");
      default -> type.path("type").asText("");
    };
  }

  /** Blocked and unblocked; in groups it only tells that the bot was let in or put out. */
  private static List<InboundEvent> reachability(JsonNode content) {
    JsonNode chat = content.path("chat");
    String status = content.path("new_chat_member").path("status").asText("");
    if (!chat.path("type").asText("").equals("private")
        || !(status.equals("kicked") || status.equals("member"))) {
      return ignored("my_chat_member");
    }
    long id = chat.path("id").asLong();
    long date = content.path("date").asLong();
    return List.of(
        new InboundEvent.ReachabilityChanged(
            "reachability/" + id + "/" + date + "/" + status,
            TelegramMessage.identity(id),
            Instant.ofEpochSecond(date),
            status.equals("member")));
  }

  private List<InboundEvent> press(JsonNode query) {
    JsonNode message = query.path("message");
    JsonNode user = query.path("from");
    if (!user.path("id").isIntegralNumber() || !groups.admitsPress(message)) {
      return ignored("callback_query");
    }
    long chat = message.path("chat").path("id").asLong(user.path("id").asLong());
    ChatAddress address = new ChatAddress(chat, message.path("business_connection_id").asText(""));
    String pressed =
        message.has("message_id") ? address.providerId(message.path("message_id").asLong()) : "";
    String id = query.path("id").asText("");
    return List.of(
        new InboundEvent.MessageReceived(
            "callback/" + id,
            "callback:" + id,
            TelegramMessage.sender(query),
            address.toString(),
            Threading.NONE,
            clock.instant(),
            List.of(options.pressed(query, pressed)),
            pressed,
            false,
            Map.of()));
  }

  /** The same in every process, as keys outlive it. */
  private static String digest(Object content) {
    CRC32 checksum = new CRC32();
    checksum.update(HubJson.mapper().valueToTree(content).toString().getBytes(UTF_8));
    return HexFormat.of().toHexDigits((int) checksum.getValue());
  }
}
