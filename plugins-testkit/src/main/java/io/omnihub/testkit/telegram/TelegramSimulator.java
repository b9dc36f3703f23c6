package io.omnihub.testkit.telegram;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.omnihub.testkit.simulator.Mischief;
import io.omnihub.testkit.simulator.SimulatedReply;
import io.omnihub.testkit.simulator.SimulatorServer;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/**
 * A Telegram on loopback with one bot. The bot's side is the Bot API at {@link #url()}; the
 * customers' side is the methods here. Updates are polled, or pushed to the webhook until it
 * answers 2xx. Safe for all threads.
 */
public final class TelegramSimulator implements AutoCloseable {
  private final Clock clock;
  private final Mischief apiMischief;
  private final Mischief deliveryMischief;
  private final ChatBook book = new ChatBook();
  private final UpdateQueue updates;
  private final WebhookDelivery webhook;
  private final BotMethods methods;
  private final SimulatorServer server;

  /**
   * Starts with the system's clock.
   *
   * @param port 0 for a free one
   * @param token the bot's, as in {@code 4711:secret}
   * @param seed of the mischief
   */
  public TelegramSimulator(int port, String token, long seed) {
    this(port, token, seed, Clock.systemUTC());
  }

  /** As above, with a clock for the dates of messages. */
  public TelegramSimulator(int port, String token, long seed, Clock clock) {
    this.clock = clock;
    apiMischief = new Mischief(seed);
    deliveryMischief = new Mischief(seed + 1);
    updates = new UpdateQueue(100_000_001);
    webhook = new WebhookDelivery(updates, deliveryMischief);
    methods = new BotMethods(token, clock, book, updates, webhook);
    server = new SimulatorServer(port, apiMischief, methods);
  }

  public int port() {
    return server.port();
  }

  /** What {@code api-url} is set to. */
  public URI url() {
    return server.url();
  }

  /** The bot's name without the at sign. */
  public String botName() {
    return BotMethods.USERNAME;
  }

  /** What happens to requests of the bot, {@code getUpdates} among them. */
  public Mischief apiMischief() {
    return apiMischief;
  }

  /** What happens to updates on their way to the webhook. */
  public Mischief deliveryMischief() {
    return deliveryMischief;
  }

  /**
   * The next call of a method is answered so and does nothing, for refusals that depend on what is
   * not simulated.
   */
  public void answerNext(String method, int status, String json) {
    methods.answerNext(method, SimulatedReply.json(status, json));
  }

  /** As {@code setWebhook}, but any address will do. */
  public void registerWebhook(URI url, String secret) {
    webhook.to(new WebhookDelivery.Target(url.toString(), secret));
  }

  /** Hands updates to this instead of posting them. */
  public void deliverThrough(WebhookTransport transport) {
    webhook.through(transport);
  }

  /** The customer writes to the bot; returns the message's id in the chat. */
  public long customerWrites(TelegramUser user, String text) {
    ObjectNode fields = BotRequest.JSON.createObjectNode();
    return customerSends(user, fields.put("text", text));
  }

  /**
   * The customer sends something else.
   *
   * @param fields JSON of the message's fields; a {@code chat} among them is where it is sent,
   *     otherwise it is the private chat
   */
  public long customerSends(TelegramUser user, String fields) {
    return customerSends(user, object(fields));
  }

  /** As above. */
  public long customerSends(TelegramUser user, ObjectNode fields) {
    ObjectNode chat =
        fields.get("chat") instanceof ObjectNode given ? given.deepCopy() : user.chat();
    ObjectNode message = BotRequest.JSON.createObjectNode();
    message.set("from", user.json());
    message.put("date", now());
    message.setAll(fields.deepCopy());
    ObjectNode sent = book.add(chat, message).deepCopy();
    deliver("message", sent);
    return sent.path("message_id").asLong();
  }

  /** The customer shares his own phone number. */
  public long customerSharesContact(TelegramUser user, String phone) {
    ObjectNode fields = BotRequest.JSON.createObjectNode();
    ObjectNode contact = fields.putObject("contact").put("phone_number", phone);
    contact.put("first_name", user.firstName()).put("user_id", user.id());
    return customerSends(user, fields);
  }

  /**
   * The customer presses a button under a message of the bot in the private chat.
   *
   * @param button counted from 0 over all rows
   * @return the id of the press
   */
  public String customerPresses(TelegramUser user, long messageId, int button) {
    ObjectNode message = sent(user, messageId);
    List<JsonNode> buttons = message.path("reply_markup").findParents("text");
    String press = book.press();
    ObjectNode query = BotRequest.JSON.createObjectNode();
    query.put("id", press).put("chat_instance", "1");
    query.put("data", buttons.get(button).path("callback_data").asText());
    query.set("from", user.json());
    query.set("message", message);
    deliver("callback_query", query);
    return press;
  }

  /** The customer changes the text of a message of his own. */
  public void customerEdits(TelegramUser user, long messageId, String text) {
    ObjectNode fields = BotRequest.JSON.createObjectNode().put("text", text);
    fields.put("edit_date", now());
    deliver("edited_message", book.change(user.id(), messageId, fields));
  }

  /** The customer's reactions to a message are now these. */
  public void customerReacts(TelegramUser user, long messageId, String... emojis) {
    ObjectNode reaction = BotRequest.JSON.createObjectNode();
    reaction.put("message_id", messageId).put("date", now());
    reaction.set("chat", user.chat());
    reaction.set("user", user.json());
    reaction.putArray("old_reaction");
    for (String emoji : emojis) {
      reaction.withArray("new_reaction").addObject().put("type", "emoji").put("emoji", emoji);
    }
    reaction.withArray("new_reaction");
    deliver("message_reaction", reaction);
  }

  public void customerBlocks(TelegramUser user) {
    changeMembership(user, true);
  }

  public void customerUnblocks(TelegramUser user) {
    changeMembership(user, false);
  }

  /** Sends an update as it is given; it gets its number here. */
  public void deliver(String kind, JsonNode content) {
    ObjectNode update = BotRequest.JSON.createObjectNode();
    update.set(kind, content);
    updates.add(update);
  }

  /** Opens the private chat without a word, so that the bot may write first. */
  public void open(TelegramUser user) {
    book.open(user.chat());
  }

  /** Puts a file on the server; returns the {@code file_id} for messages. */
  public String addFile(byte[] content, String path) {
    return book.addFile(content, path);
  }

  /** All that the bot did in a chat, oldest first. */
  public List<BotCall> sentTo(long chatId) {
    return calls().stream()
        .filter(call -> call.params().path("chat_id").asLong() == chatId)
        .toList();
  }

  /** All requests of the bot that changed something, oldest first. */
  public List<BotCall> calls() {
    return book.calls();
  }

  /** Ids of the presses that the bot has answered. */
  public Set<String> answeredPresses() {
    return book.answeredPresses();
  }

  /** How many updates the hub has not confirmed yet. */
  public int pendingUpdates() {
    return updates.size();
  }

  /** Where updates are pushed to, empty while they are polled. */
  public String webhookUrl() {
    return webhook.target().url();
  }

  /** Refuses connections until it is {@link #back()}. */
  public void away() {
    server.away();
  }

  /** Takes connections again. */
  public void back() {
    server.back();
  }

  @Override
  public void close() {
    webhook.close();
    server.close();
  }

  private ObjectNode sent(TelegramUser user, long messageId) {
    return book.message(user.id(), messageId)
        .orElseThrow(() -> new IllegalArgumentException("there is no message " + messageId));
  }

  private void changeMembership(TelegramUser user, boolean blocks) {
    if (!book.block(user.id(), blocks)) {
      return;
    }
    ObjectNode change = BotRequest.JSON.createObjectNode();
    change.set("chat", user.chat());
    change.set("from", user.json());
    change.put("date", now());
    change.set("old_chat_member", member(blocks ? "member" : "kicked"));
    change.set("new_chat_member", member(blocks ? "kicked" : "member"));
    deliver("my_chat_member", change);
  }

  private ObjectNode member(String status) {
    ObjectNode member = BotRequest.JSON.createObjectNode().put("status", status);
    member.set("user", methods.bot());
    return member.put("until_date", 0);
  }

  private long now() {
    return clock.instant().getEpochSecond();
  }

  private static ObjectNode object(String json) {
    try {
      return (ObjectNode) BotRequest.JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the fields are not a JSON object", e);
    }
  }
}
