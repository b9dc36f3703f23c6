package io.omnihub.channel.webchat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.omnihub.api.connector.AccountState;
import io.omnihub.api.json.HubJson;
import io.omnihub.api.model.InboundEvent;
import io.omnihub.api.model.InboundEvent.MessageReceived;
import io.omnihub.api.route.HubGateway.Kind;
import io.omnihub.api.route.SocketEvent;
import io.omnihub.testkit.ManualClock;
import io.omnihub.testkit.harness.ConnectorHarness;
import io.omnihub.testkit.harness.HttpReply;
import io.omnihub.testkit.harness.RecordingSocket;
import io.omnihub.testkit.harness.Samples;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A shop with a chat, and the browsers of its visitors. */
final class Shop implements AutoCloseable {
  static final String SECRET = "canary-visitor-secret";
  static final String ORIGIN = "https://shop.example.com";

  final ManualClock clock;
  final AccountState state;
  final ConnectorHarness hub;
  private final String origin;

  private Shop(Map<String, ?> settings, ManualClock clock, AccountState state) {
    this.clock = clock;
    this.state = state;
    this.origin = settings.containsKey("allowed-origins") ? ORIGIN : "http://localhost:8080";
    this.hub = ConnectorHarness.start(new WebchatPlugin(), settings, clock, state);
  }

  static Shop open() {
    return open(Map.of());
  }

  /** With these settings besides the allowed origin and the visitor secret. */
  static Shop open(Map<String, ?> more) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("allowed-origins", List.of(ORIGIN));
    settings.put("visitor-secret", SECRET);
    settings.putAll(more);
    return with(settings);
  }

  /** With these settings alone. */
  static Shop with(Map<String, ?> settings) {
    return new Shop(settings, new ManualClock(Samples.NOON), ConnectorHarness.freshState());
  }

  static String signed(String user) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(user.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  HttpReply login(Map<String, ?> body) {
    return post("session", HubJson.mapper().valueToTree(body).toString(), Map.of());
  }

  /** The answer of a login that must succeed. */
  JsonNode session(Map<String, ?> body) {
    HttpReply reply = login(body);
    if (reply.status() != 200) {
      throw new AssertionError("login answered " + reply.status() + " " + reply.text());
    }
    return json(reply.text());
  }

  String token() {
    return session(Map.of()).path("token").asText();
  }

  HttpReply post(String path, String body, Map<String, String> headers) {
    Map<String, String> all = new HashMap<>(Map.of("Origin", origin));
    all.putAll(headers);
    return hub.http(Kind.WEB, "POST", path, "", body.getBytes(StandardCharsets.UTF_8), all);
  }

  HttpReply upload(String token, byte[] bytes, String mediaType, String encodedName) {
    return hub.http(
        Kind.WEB,
        "POST",
        "files",
        "",
        bytes,
        Map.of(
            "Authorization", "Bearer " + token,
            "Content-Type", mediaType,
            "X-Filename", encodedName));
  }

  /** Loads an address as an image tag would. */
  HttpReply load(String url) {
    int query = url.indexOf('?');
    String path = url.substring("/chat/acc/".length(), query < 0 ? url.length() : query);
    String rest = query < 0 ? "" : url.substring(query + 1);
    return hub.http(Kind.WEB, "GET", path, rest, new byte[0], Map.of());
  }

  /** An open socket that has said nothing yet. */
  Tab tab() {
    RecordingSocket socket = new RecordingSocket();
    hub.socket(new SocketEvent.Opened(socket, origin, ""));
    return new Tab(socket);
  }

  /** A socket that has said who it is. */
  Tab tab(String token) {
    Tab tab = tab();
    tab.say(Map.of("t", "hello", "token", token));
    return tab;
  }

  List<MessageReceived> messages() {
    return hub.events().stream()
        .filter(MessageReceived.class::isInstance)
        .map(MessageReceived.class::cast)
        .toList();
  }

  <T extends InboundEvent> List<T> events(Class<T> type) {
    return hub.events().stream().filter(type::isInstance).map(type::cast).toList();
  }

  static JsonNode json(String text) {
    try {
      return HubJson.mapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(text, e);
    }
  }

  @Override
  public void close() {
    hub.close();
  }

  /** A browser's tab. */
  final class Tab {
    final RecordingSocket socket;

    private Tab(RecordingSocket socket) {
      this.socket = socket;
    }

    void say(Map<String, ?> frame) {
      say(HubJson.mapper().<ObjectNode>valueToTree(frame).toString());
    }

    void say(String frame) {
      hub.socket(new SocketEvent.Text(socket, frame));
    }

    void write(String clientId, String text) {
      say(Map.of("t", "msg", "clientId", clientId, "text", text));
    }

    void leave() {
      hub.socket(new SocketEvent.Closed(socket));
    }

    List<JsonNode> frames() {
      return socket.frames().stream().map(Shop::json).toList();
    }

    List<JsonNode> frames(String type) {
      return frames().stream().filter(frame -> frame.path("t").asText().equals(type)).toList();
    }

    JsonNode last() {
      return frames().getLast();
    }
  }
}
