package io.omnihub.channel.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import io.omnihub.api.json.HubJson;
import io.omnihub.api.model.Claim;
import io.omnihub.api.model.Identity;
import io.omnihub.api.model.ProofLevel;
import io.omnihub.api.model.Sender;
import io.omnihub.api.model.Threading;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What every message has, whatever it holds. Read field by field, so that content which cannot be
 * understood takes nothing else with it, and ids may outgrow 32 bits.
 *
 * @param at by Telegram's clock
 * @param raw the message as it came
 */
record TelegramMessage(
    ChatAddress address, long id, long fromId, boolean fromBot, Instant at, JsonNode raw) {

  private static final Pattern START = Pattern.compile("/start(?:@\\w+)? ([A-Za-z0-9_-]{1,64})");

  /** Empty when it does not say who wrote which message where. */
  static Optional<TelegramMessage> read(JsonNode message) {
    JsonNode chat = message.path("chat").path("id");
    JsonNode from = message.path("from");
    JsonNode id = message.path("message_id");
    if (!chat.isIntegralNumber() || !from.path("id").isIntegralNumber() || !id.isIntegralNumber()) {
      return Optional.empty();
    }
    ChatAddress address =
        new ChatAddress(chat.longValue(), message.path("business_connection_id").asText(""));
    return Optional.of(
        new TelegramMessage(
            address,
            id.longValue(),
            from.path("id").longValue(),
            from.path("is_bot").asBoolean(),
            Instant.ofEpochSecond(message.path("date").asLong()),
            message));
  }

  static Identity identity(long userId) {
    return Identity.of("telegram", Long.toString(userId));
  }

  /** Name of a user or a private chat, as people see it. */
  private static String name(JsonNode user) {
    return (user.path("first_name").asText("") + " " + user.path("last_name").asText("")).strip();
  }

  String providerId() {
    return address.providerId(id);
  }

  /** What keys of events about it end with. */
  String path() {
    return address + "/" + id;
  }

  Instant editedAt() {
    return Instant.ofEpochSecond(raw.path("edit_date").asLong(at.getEpochSecond()));
  }

  /**
   * Whether the business itself wrote it, on the phone or through a bot: in a private chat the chat
   * has the customer's id.
   */
  boolean fromBusiness() {
    return !address.connection().isEmpty()
        && (fromId != address.chat() || raw.has("sender_business_bot"));
  }

  /** Only topics are threads; a chain of replies has a thread id too, but cannot be written to. */
  Threading threading() {
    return raw.path("is_topic_message").asBoolean() && raw.has("message_thread_id")
        ? Threading.key(raw.path("message_thread_id").asText())
        : Threading.NONE;
  }

  /** Provider's id of the message that it answers, empty when none. */
  String replyTo() {
    JsonNode replied = raw.path("reply_to_message");
    // Everything in a topic "answers" the service message that opened it.
    boolean opening = replied.has("forum_topic_created");
    return replied.path("message_id").isIntegralNumber() && !opening
        ? address.providerId(replied.path("message_id").longValue())
        : "";
  }

  /** What it says beside its content. */
  Map<String, Object> attributes() {
    Map<String, Object> attributes = new LinkedHashMap<>();
    put(attributes, "mediaGroupId", raw.path("media_group_id"));
    put(attributes, "forwardOrigin", raw.path("forward_origin"));
    put(attributes, "externalReply", raw.path("external_reply"));
    put(attributes, "viaBot", raw.path("via_bot").path("username"));
    put(attributes, "quote", raw.path("quote").path("text"));
    put(attributes, "stickerEmoji", raw.path("sticker").path("emoji"));
    put(attributes, "chatTitle", raw.path("chat").path("title"));
    put(attributes, "migrateToChatId", raw.path("migrate_to_chat_id"));
    put(attributes, "migrateFromChatId", raw.path("migrate_from_chat_id"));
    Matcher start = START.matcher(raw.path("text").asText(""));
    if (start.matches()) {
      attributes.put("startPayload", start.group(1));
    }
    return attributes;
  }

  private static void put(Map<String, Object> attributes, String name, JsonNode value) {
    if (!value.isMissingNode() && !value.isNull()) {
      attributes.put(name, HubJson.mapper().convertValue(value, Object.class));
    }
  }

  /** The {@code from} of a message or query, with the phone number if he shares his own. */
  static Sender sender(JsonNode message) {
    JsonNode from = message.path("from");
    return new Sender(
        identity(from.path("id").longValue()),
        name(from),
        from.path("language_code").asText(""),
        claims(message.path("contact"), from.path("id").longValue()));
  }

  /** Anybody's contact can be shared; Telegram vouches only for the sender's own. */
  private static List<Claim> claims(JsonNode contact, long sender) {
    String digits = contact.path("phone_number").asText("").replaceAll("\\D", "");
    boolean own = contact.path("user_id").asLong() == sender;
    return own && digits.matches("[1-9]\\d{6,14}")
        ? List.of(new Claim(Identity.of("tel", "+" + digits), ProofLevel.ASSERTED))
        : List.of();
  }
}
