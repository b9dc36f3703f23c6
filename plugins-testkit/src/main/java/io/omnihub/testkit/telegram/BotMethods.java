package io.omnihub.testkit.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.omnihub.testkit.simulator.SimulatedReply;
import io.omnihub.testkit.simulator.SimulatedRequest;
import io.omnihub.testkit.simulator.SimulatorServer;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The methods of the Bot API that the simulator knows, and the download of files. */
final class BotMethods implements SimulatorServer.Behaviour {
  static final String USERNAME = "omnihub_test_bot";

  private static final Map<String, String> MEDIA =
      Map.of(
          "sendPhoto", "photo",
          "sendDocument", "document",
          "sendAudio", "audio",
          "sendVoice", "voice",
          "sendVideo", "video",
          "sendAnimation", "animation",
          "sendVideoNote", "video_note",
          "sendSticker", "sticker");

  private static final int MAX_TEXT = 4096;
  private static final int MAX_CAPTION = 1024;

  private final String token;
  private final Clock clock;
  private final ChatBook book;
  private final UpdateQueue updates;
  private final WebhookDelivery webhook;
  private final Map<String, SimulatedReply> scripted = new ConcurrentHashMap<>();

  BotMethods(
      String token, Clock clock, ChatBook book, UpdateQueue updates, WebhookDelivery webhook) {
    this.token = token;
    this.clock = clock;
    this.book = book;
    this.updates = updates;
    this.webhook = webhook;
  }

  @Override
  public SimulatedReply answer(SimulatedRequest request) {
    String[] path = request.path().split("/", 4);
    try {
      if (path.length == 4 && path[1].equals("file")) {
        checkToken(path[2]);
        return download(path[3]);
      }
      if (path.length != 3) {
        throw new BotRefusal(404, "Not Found");
      }
      checkToken(path[1]);
      SimulatedReply instead = scripted.remove(path[2]);
      return instead == null ? ok(call(path[2], BotRequest.read(request))) : instead;
    } catch (BotRefusal refusal) {
      return refusal.reply();
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
      return SimulatedReply.empty(502);
    }
  }

  /** The next call of the method is answered so, and does nothing. */
  void answerNext(String method, SimulatedReply reply) {
    scripted.put(method, reply);
  }

  /** The bot as {@code getMe} shows it. */
  ObjectNode bot() {
    ObjectNode bot = BotRequest.JSON.createObjectNode();
    String digits = token.replaceFirst(":.*", "").replaceAll("\\D", "");
    bot.put("id", digits.isEmpty() ? 1L : Long.parseLong(digits)).put("is_bot", true);
    return bot.put("first_name", "Omnihub").put("username", USERNAME);
  }

  private void checkToken(String segment) {
    if (!segment.equals("bot" + token)) {
      throw new BotRefusal(401, "Unauthorized");
    }
  }

  private SimulatedReply download(String path) {
    byte[] content = book.file(path).orElseThrow(() -> new BotRefusal(404, "Not Found"));
    return new SimulatedReply(200, Map.of("Content-Type", "application/octet-stream"), content);
  }

  private static SimulatedReply ok(JsonNode result) {
    ObjectNode answer = BotRequest.JSON.createObjectNode();
    answer.put("ok", true).set("result", result);
    return SimulatedReply.json(200, answer.toString());
  }

  private JsonNode call(String method, BotRequest request) throws InterruptedException {
    return switch (method) {
      case "getMe" -> bot();
      case "getUpdates" -> getUpdates(request);
      case "setWebhook" -> setWebhook(request);
      case "deleteWebhook" -> deleteWebhook(request);
      case "getWebhookInfo" -> webhookInfo();
      case "getFile" -> getFile(request.text("file_id"));
      case "answerCallbackQuery" -> answerPress(request);
      case "sendChatAction" -> chatAction(request);
      case "editMessageText" -> edit(request);
      case "sendMessage", "sendLocation", "sendVenue", "sendContact" -> send(method, request);
      default -> {
        if (!MEDIA.containsKey(method)) {
          throw new BotRefusal(404, "Not Found: method not found");
        }
        yield send(method, request);
      }
    };
  }

  private JsonNode getUpdates(BotRequest request) throws InterruptedException {
    if (webhook.target().present()) {
      throw new BotRefusal(
          409,
          "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to"
              + " delete the webhook first");
    }
    int limit = Math.clamp(request.number("limit", 100), 1, 100);
    Duration wait = Duration.ofSeconds(Math.clamp(request.number("timeout", 0), 0, 50));
    return BotRequest.JSON.valueToTree(updates.poll(request.number("offset", 0), limit, wait));
  }

  private JsonNode setWebhook(BotRequest request) {
    String url = request.text("url");
    String secret = request.text("secret_token");
    if (!secret.matches("[A-Za-z0-9_-]{0,256}")) {
      throw BotRefusal.badRequest("secret token contains unallowed characters");
    }
    if (request.params().path("drop_pending_updates").asBoolean()) {
      updates.clear();
    }
    webhook.to(new WebhookDelivery.Target(url, secret));
    return recorded("setWebhook", request, BotRequest.JSON.getNodeFactory().booleanNode(true));
  }

  private JsonNode deleteWebhook(BotRequest request) {
    webhook.to(WebhookDelivery.Target.NONE);
    if (request.params().path("drop_pending_updates").asBoolean()) {
      updates.clear();
    }
    return recorded("deleteWebhook", request, BotRequest.JSON.getNodeFactory().booleanNode(true));
  }

  private JsonNode webhookInfo() {
    ObjectNode info = BotRequest.JSON.createObjectNode();
    info.put("url", webhook.target().url()).put("has_custom_certificate", false);
    info.put("pending_update_count", updates.size());
    if (!webhook.lastError().isEmpty()) {
      info.put("last_error_message", webhook.lastError());
    }
    return info;
  }

  private JsonNode getFile(String fileId) {
    String path =
        book.path(fileId)
            .orElseThrow(
                () ->
                    BotRefusal.badRequest("wrong file_id or the file is temporarily unavailable"));
    ObjectNode file = BotRequest.JSON.createObjectNode();
    file.put("file_id", fileId).put("file_unique_id", "u" + fileId).put("file_path", path);
    return file.put("file_size", book.file(path).orElseThrow().length);
  }

  private JsonNode answerPress(BotRequest request) {
    if (!book.answer(request.text("callback_query_id"))) {
      throw BotRefusal.badRequest(
          "query is too old and response timeout expired or query ID is invalid");
    }
    return BotRequest.JSON.getNodeFactory().booleanNode(true);
  }

  private JsonNode chatAction(BotRequest request) {
    book.reachable(request.params().path("chat_id"));
    return recorded("sendChatAction", request, BotRequest.JSON.getNodeFactory().booleanNode(true));
  }

  private JsonNode edit(BotRequest request) {
    book.reachable(request.params().path("chat_id"));
    ObjectNode fields = BotRequest.JSON.createObjectNode();
    fields.put("text", checkedText(request)).put("edit_date", clock.instant().getEpochSecond());
    SentMarkup.checkKeyboard(request.params().path("reply_markup"));
    long id = request.number("message_id", 0);
    return recorded(
        "editMessageText", request, book.change(request.number("chat_id", 0), id, fields));
  }

  private JsonNode send(String method, BotRequest request) {
    ObjectNode chat = book.reachable(request.params().path("chat_id"));
    checkReply(request);
    SentMarkup.checkKeyboard(request.params().path("reply_markup"));
    ObjectNode message = BotRequest.JSON.createObjectNode();
    message.set("from", bot());
    message.put("date", clock.instant().getEpochSecond());
    fill(message, method, request);
    if (request.params().has("reply_markup")) {
      message.set("reply_markup", request.params().get("reply_markup"));
    }
    return recorded(method, request, book.add(chat, message).deepCopy());
  }

  private void fill(ObjectNode message, String method, BotRequest request) {
    switch (method) {
      case "sendMessage" -> message.put("text", checkedText(request));
      case "sendLocation" -> message.set("location", needed(request, "latitude", "longitude"));
      case "sendVenue" ->
          message.set("venue", needed(request, "latitude", "longitude", "title", "address"));
      case "sendContact" -> message.set("contact", needed(request, "phone_number", "first_name"));
      default -> fillMedia(message, MEDIA.get(method), request);
    }
  }

  private static void fillMedia(ObjectNode message, String field, BotRequest request) {
    if (!request.uploads().containsKey(field) && request.text(field).isEmpty()) {
      throw BotRefusal.badRequest("there is no " + field.replace('_', ' ') + " in the request");
    }
    String caption = SentMarkup.shown(request.text("caption"), request.text("parse_mode"));
    if (caption.length() > MAX_CAPTION) {
      throw BotRefusal.badRequest("message caption is too long");
    }
    message.putObject(field).put("file_id", "sent-" + field);
    message.put("caption", caption);
  }

  private static String checkedText(BotRequest request) {
    String shown = SentMarkup.shown(request.text("text"), request.text("parse_mode"));
    if (shown.isBlank()) {
      throw BotRefusal.badRequest("message text is empty");
    }
    if (shown.length() > MAX_TEXT) {
      throw BotRefusal.badRequest("message is too long");
    }
    return shown;
  }

  private static ObjectNode needed(BotRequest request, String... names) {
    ObjectNode values = BotRequest.JSON.createObjectNode();
    for (String name : names) {
      if (request.text(name).isEmpty()) {
        throw BotRefusal.badRequest(
            "parameter \"" + name.toLowerCase(Locale.ROOT) + "\" is required");
      }
      values.set(name, request.params().get(name));
    }
    return values;
  }

  private void checkReply(BotRequest request) {
    JsonNode reply = request.params().path("reply_parameters");
    boolean lenient = reply.path("allow_sending_without_reply").asBoolean();
    if (reply.isObject()
        && !lenient
        && book.message(request.number("chat_id", 0), reply.path("message_id").asLong())
            .isEmpty()) {
      throw BotRefusal.badRequest("message to be replied not found");
    }
  }

  private JsonNode recorded(String method, BotRequest request, JsonNode result) {
    long messageId = result.path("message_id").asLong();
    book.record(new BotCall(method, request.params(), request.uploads(), messageId));
    return result;
  }
}
