package io.omnihub.testkit.bot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.omnihub.api.json.HubJson;
import io.omnihub.testkit.partner.WebhookSeal;
import io.omnihub.testkit.simulator.Mischief;
import io.omnihub.testkit.simulator.SimulatedReply;
import io.omnihub.testkit.simulator.SimulatedRequest;
import io.omnihub.testkit.simulator.SimulatorServer;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;

/** A bot that echoes, or does what it is told. All methods may be called from any thread. */
public final class BotSimulator implements AutoCloseable {
  private final Mischief mischief;
  private final WebhookSeal seal;
  private final Map<String, CompletableFuture<SimulatedReply>> answers = new ConcurrentHashMap<>();
  private final List<JsonNode> turns = new ArrayList<>();
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicInteger rejected = new AtomicInteger();
  private final SimulatorServer server;
  private volatile Function<JsonNode, JsonNode> behaviour = BotSimulator::echo;
  private volatile Optional<Consumer<JsonNode>> taker = Optional.empty();
  private volatile Duration delay = Duration.ZERO;

  /**
   * Listens for turns.
   *
   * @param port 0 for a free one
   * @param secret the backend's, {@code whsec_…}; empty takes turns without a signature
   * @param seed of the mischief
   */
  public BotSimulator(int port, String secret, long seed) {
    mischief = new Mischief(seed);
    seal = secret.isEmpty() ? null : new WebhookSeal(secret);
    server = new SimulatorServer(port, mischief, this::take);
  }

  /** For the setting {@code url}. */
  public URI url() {
    return server.url().resolve("/bot");
  }

  public Mischief mischief() {
    return mischief;
  }

  /** From now on turns are answered with the list of actions that this makes of them. */
  public void answerWith(Function<JsonNode, JsonNode> turnToActions) {
    behaviour = turnToActions;
    taker = Optional.empty();
  }

  /**
   * From now on turns are answered 202, after this has got them; it posts the actions itself, or
   * does not.
   */
  public void deferTo(Consumer<JsonNode> takesTurns) {
    taker = Optional.of(takesTurns);
  }

  /** From now on each call takes this long. */
  public void delay(Duration time) {
    delay = time;
  }

  /** All turns in the order in which they came, each webhook-id once. */
  public List<JsonNode> turns() {
    synchronized (turns) {
      return List.copyOf(turns);
    }
  }

  /** How many signed calls came, repeated ones included. */
  public int calls() {
    return calls.get();
  }

  /** How many calls were refused because of their signature or their form. */
  public int rejected() {
    return rejected.get();
  }

  /** What the customer said in a turn, one line a message. */
  public static String words(JsonNode turn) {
    return String.join("\n", turn.path("messages").findValuesAsText("text"));
  }

  /** One reply with these words, as a list of actions. */
  public static ArrayNode reply(String text) {
    ArrayNode actions = HubJson.mapper().createArrayNode();
    ObjectNode reply = actions.addObject().put("type", "reply");
    reply.putArray("parts").addObject().put("type", "text").put("text", text);
    return actions;
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
    server.close();
  }

  private static JsonNode echo(JsonNode turn) {
    return reply("echo: " + words(turn));
  }

  private SimulatedReply take(SimulatedRequest request) {
    if (seal != null && !seal.holds(request.headers(), request.body())) {
      rejected.incrementAndGet();
      return SimulatedReply.empty(401);
    }
    calls.incrementAndGet();
    pause();
    CompletableFuture<SimulatedReply> fresh = new CompletableFuture<>();
    String id = request.headers().getOrDefault("webhook-id", "");
    CompletableFuture<SimulatedReply> earlier = answers.putIfAbsent(id, fresh);
    if (earlier != null) {
      return earlier.join();
    }
    try {
      fresh.complete(answer(request.text()));
    } finally {
      // What a behaviour throws must not leave a repeated turn waiting.
      fresh.complete(SimulatedReply.empty(500));
    }
    return fresh.join();
  }

  private void pause() {
    long end = System.nanoTime() + delay.toNanos();
    for (long left = delay.toNanos(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private SimulatedReply answer(String body) {
    try {
      JsonNode turn = HubJson.mapper().readTree(body);
      synchronized (turns) {
        turns.add(turn);
      }
      Optional<Consumer<JsonNode>> deferred = taker;
      if (deferred.isPresent()) {
        deferred.get().accept(turn);
        return SimulatedReply.empty(202);
      }
      ObjectNode answer = HubJson.mapper().createObjectNode();
      answer.set("actions", behaviour.apply(turn));
      return SimulatedReply.json(200, answer.toString());
    } catch (JsonProcessingException e) {
      rejected.incrementAndGet();
      return SimulatedReply.empty(400);
    }
  }
}
