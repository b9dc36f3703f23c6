package io.omnihub.core;

import com.fasterxml.jackson.databind.JsonNode;
import io.omnihub.api.json.HubJson;
import io.omnihub.api.model.Capabilities;
import io.omnihub.api.model.Identity;
import io.omnihub.api.model.InboundEvent.MessageReceived;
import io.omnihub.api.model.Part;
import io.omnihub.api.model.Sender;
import io.omnihub.core.config.ConfigReader;
import io.omnihub.core.plugin.InstalledPlugins;
import io.omnihub.core.store.StoreAddress;
import io.omnihub.core.store.TestStores;
import io.omnihub.testkit.Await;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A whole hub on a real SQLite file and a real port, with a channel, a mail-like channel and a bot
 * that the test plays.
 */
final class TestHub implements AutoCloseable {
  static final String ADMIN = "key-of-admin";

  final MemoryChannel chat;
  final MemoryChannel mail;
  final MemoryBot bot;
  private final Hub hub;
  private final HttpClient client = HttpClient.newHttpClient();

  private TestHub(MemoryChannel chat, MemoryChannel mail, MemoryBot bot, Hub hub) {
    this.chat = chat;
    this.mail = mail;
    this.bot = bot;
    this.hub = hub;
  }

  static TestHub start(Path folder) {
    return start(folder, "settle: 0ms");
  }

  /** Starts over what an earlier hub has left in the folder. */
  static TestHub start(Path folder, String botSettings) {
    return start(
        folder, botSettings, Capabilities.builder().singlePart().maxTextLength(40).build());
  }

  static TestHub start(Path folder, String botSettings, Capabilities capabilities) {
    return start(folder, botSettings, capabilities, Clock.systemUTC());
  }

  /** Starts a hub that calls no subscriber on this machine. */
  static TestHub startGuarded(Path folder) {
    Settings settings = new Settings("", "settle: 0ms", false);
    return start(folder, settings, Capabilities.builder().build(), Clock.systemUTC());
  }

  static TestHub start(Path folder, String botSettings, Capabilities capabilities, Clock clock) {
    return start(folder, new Settings("", botSettings, true), capabilities, clock);
  }

  /**
   * What of the configuration differs.
   *
   * @param chat further settings of the account chat, each with a comma before it
   * @param bot further settings of the backend bot
   */
  record Settings(String chat, String bot, boolean subscribersInside) {}

  static TestHub start(Path folder, Settings settings, Capabilities capabilities, Clock clock) {
    MemoryChannel chat = new MemoryChannel("chat", capabilities, false);
    MemoryChannel mail = new MemoryChannel("mail", Capabilities.builder().build(), true);
    MemoryBot bot = new MemoryBot();
    InstalledPlugins plugins = InstalledPlugins.of(List.of(chat, mail, bot));
    String yaml =
        """
        server: { port: 0 }
        store: %s
        media: { path: "%s/media", allow-private: true }
        subscriptions: { allow-private: %s }
        security:
          api-keys:
            - { name: admin, role: admin, key: %s }
            - { name: mary, role: agent, key: key-of-mary }
            - { name: bob, role: agent, key: key-of-bob }
            - { name: bot, role: backend, key: key-of-bot }
            - { name: chat2, role: partner, key: key-of-chat2 }
        channels:
          chat: { plugin: chat %s }
          chat2: { plugin: chat }
          mail: { plugin: mail }
        backends:
          bot: { plugin: bot, %s }
          second: { plugin: bot, settle: 0ms, patience: 1s }
          desk: { plugin: desk, queues: [sales, care] }
        routing:
          - { when: { channel: chat2 }, to: [bot, second, desk] }
          - { to: [bot, desk] }
        """
            .formatted(
                store(folder),
                folder,
                settings.subscribersInside(),
                ADMIN,
                settings.chat(),
                settings.bot());
    ConfigReader.Result config = new ConfigReader(plugins, name -> null).read(yaml);
    if (!config.problems().isEmpty()) {
      throw new IllegalArgumentException(config.problems().toString());
    }
    return new TestHub(chat, mail, bot, Hub.start(config.config(), plugins, clock));
  }

  private static String store(Path folder) {
    StoreAddress address = TestStores.address(folder);
    String login =
        address.user().isEmpty()
            ? ""
            : ", user: '%s', password: '%s'".formatted(address.user(), address.password());
    return "{ url: '" + address.url() + "'" + login + " }";
  }

  /** Somebody writes words on the chat; the id is the provider's. */
  void writes(String who, String id, String words) {
    chat.deliver("chat", message(who, id, words));
  }

  static MessageReceived message(String who, String id, String words) {
    return MessageReceived.of(
        who + "/" + id,
        Sender.of(Identity.of("chat", who), who),
        Instant.now(),
        List.of(Part.Text.plain(words)));
  }

  /** Waits until the customer has got so many messages, and answers their words. */
  List<String> gets(String who, int count) {
    Await.until(count + " messages to " + who, () -> got(who).size() >= count);
    return got(who);
  }

  List<String> got(String who) {
    return chat.sent().stream()
        .filter(message -> message.identity().value().equals(who))
        .map(message -> words(message.parts()))
        .toList();
  }

  static String words(List<Part> parts) {
    return parts.stream()
        .map(part -> part instanceof Part.Text text ? text.text() : part.getClass().getSimpleName())
        .reduce("", String::concat);
  }

  /** The newest conversation of a customer, waiting until there is one. */
  JsonNode conversationOf(String who) {
    JsonNode contact =
        Await.value(
            "a contact of " + who,
            () -> get("/contacts?identity=chat:" + who).json().get("items").get(0));
    return Await.value(
        "a conversation of " + who,
        () ->
            get("/conversations?contact=" + contact.get("id").asText()).json().get("items").get(0));
  }

  JsonNode messages(String conversation) {
    return get("/conversations/" + conversation + "/messages?limit=200").json().get("items");
  }

  /** Waits until the conversation looks as it should. */
  JsonNode awaitConversation(String who, String what, Predicate<JsonNode> condition) {
    Await.until(what, () -> condition.test(conversationOf(who)));
    return conversationOf(who);
  }

  /** What the words of a conversation are, with who said them. */
  List<String> said(String conversation) {
    List<String> said = new ArrayList<>();
    messages(conversation)
        .forEach(
            m ->
                said.add(
                    m.get("author").get("kind").asText()
                        + ": "
                        + m.get("parts").get(0).path("text").asText()));
    return said;
  }

  /** An answer of the API. */
  record Answer(int status, String body, HttpResponse<String> response) {
    JsonNode json() {
      try {
        return HubJson.mapper().readTree(body);
      } catch (IOException e) {
        throw new AssertionError("not JSON: " + body, e);
      }
    }
  }

  Answer get(String path) {
    return call("GET", path, "", ADMIN);
  }

  Answer post(String path, String json) {
    return call("POST", path, json, ADMIN);
  }

  /** A POST that may be repeated under its name. */
  Answer postOnce(String path, String json, String key, String idempotencyKey) {
    return call("POST", path, json, key, "Idempotency-Key", idempotencyKey);
  }

  Answer call(String method, String path, String body, String key) {
    return call(method, path, body, key, "Accept", "*/*");
  }

  private Answer call(
      String method, String path, String body, String key, String header, String value) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create(
                    hub.url()
                        + (path.startsWith("/hooks") || path.startsWith("//")
                            ? path.replaceFirst("^//", "/")
                            : "/api/v1" + path)))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .header(header, value);
    if (!key.isEmpty()) {
      request.header("Authorization", "Bearer " + key);
    }
    try {
      HttpResponse<String> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body(), response);
    } catch (IOException e) {
      throw new AssertionError("the hub did not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  URI url() {
    return hub.url();
  }

  @Override
  public void close() {
    hub.close();
    client.close();
  }
}
