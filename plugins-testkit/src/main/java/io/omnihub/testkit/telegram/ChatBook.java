package io.omnihub.testkit.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Chats, their messages and files. Safe for all threads. */
final class ChatBook {
  private final Map<Long, Long> lastMessage = new HashMap<>();
  private final Map<Long, ObjectNode> chats = new HashMap<>();
  private final Map<String, ObjectNode> messages = new HashMap<>();
  private final Set<Long> blocked = new HashSet<>();
  private final Map<String, byte[]> files = new HashMap<>();
  private final Map<String, String> paths = new HashMap<>();
  private final Set<String> presses = new HashSet<>();
  private final Set<String> answered = new HashSet<>();
  private final List<BotCall> calls = new ArrayList<>();

  /** Gives the message the next id of its chat and keeps it. */
  synchronized ObjectNode add(ObjectNode chat, ObjectNode message) {
    long chatId = chat.path("id").asLong();
    chats.put(chatId, chat);
    long id = lastMessage.merge(chatId, 1L, Long::sum);
    message.put("message_id", id).set("chat", chat);
    messages.put(chatId + ":" + id, message);
    return message;
  }

  synchronized Optional<ObjectNode> message(long chatId, long messageId) {
    return Optional.ofNullable(messages.get(chatId + ":" + messageId)).map(ObjectNode::deepCopy);
  }

  synchronized ObjectNode change(long chatId, long messageId, JsonNode fields) {
    ObjectNode message = messages.get(chatId + ":" + messageId);
    if (message == null) {
      throw BotRefusal.badRequest("message to edit not found");
    }
    fields.properties().forEach(field -> message.set(field.getKey(), field.getValue()));
    return message.deepCopy();
  }

  /** The chat to which the bot may write. */
  synchronized ObjectNode reachable(JsonNode chatId) {
    if (!chats.containsKey(chatId.asLong())) {
      throw BotRefusal.badRequest("chat not found");
    }
    if (blocked.contains(chatId.asLong())) {
      throw new BotRefusal(403, "Forbidden: bot was blocked by the user");
    }
    return chats.get(chatId.asLong());
  }

  synchronized void open(ObjectNode chat) {
    chats.putIfAbsent(chat.path("id").asLong(), chat);
  }

  /** Whether that is a change. */
  synchronized boolean block(long chatId, boolean now) {
    return now ? blocked.add(chatId) : blocked.remove(chatId);
  }

  synchronized String addFile(byte[] content, String path) {
    String id = "file-" + (files.size() + 1);
    files.put(path, content.clone());
    paths.put(id, path);
    return id;
  }

  synchronized Optional<String> path(String fileId) {
    return Optional.ofNullable(paths.get(fileId));
  }

  synchronized Optional<byte[]> file(String path) {
    return Optional.ofNullable(files.get(path));
  }

  synchronized String press() {
    String id = Long.toString(4_382_000_000_000_000_000L + presses.size());
    presses.add(id);
    return id;
  }

  /** False when nobody pressed that. */
  synchronized boolean answer(String pressId) {
    answered.add(pressId);
    return presses.contains(pressId);
  }

  synchronized Set<String> answeredPresses() {
    return Set.copyOf(answered);
  }

  synchronized void record(BotCall call) {
    calls.add(call);
  }

  synchronized List<BotCall> calls() {
    return List.copyOf(calls);
  }
}
