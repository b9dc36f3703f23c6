package io.omnihub.testkit.partner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.omnihub.api.json.HubJson;
import io.omnihub.testkit.simulator.Mischief;
import io.omnihub.testkit.simulator.SimulatorServer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A partner of the account's webhook: posts signed events and takes the hub's messages at {@link
 * #callbackUrl()}. All methods may be called from any thread; those that send block until the hub
 * has taken the events, so that one user's events stay in order when one thread sends them.
 */
public final class PartnerSimulator implements AutoCloseable {
  private final String account;
  private final String prefix;
  private final Mischief callbacks;
  private final Mischief deliveries;
  private final AtomicLong counter = new AtomicLong();
  private final CallbackLog log;
  private final EventPoster poster;
  private final SimulatorServer server;
  private volatile URI hubUrl;

  /**
   * Listens for callbacks.
   *
   * @param port 0 for a free one
   * @param hubUrl without a path
   * @param secret the account's, {@code whsec_…}
   * @param seed of the mischief, and part of every event's id
   */
  public PartnerSimulator(int port, URI hubUrl, String account, String secret, long seed) {
    this.hubUrl = hubUrl;
    this.account = account;
    prefix = "evt-" + seed + "-";
    callbacks = new Mischief(seed);
    deliveries = new Mischief(seed + 1);
    WebhookSeal seal = new WebhookSeal(secret);
    log = new CallbackLog(seal);
    poster = new EventPoster(seal, deliveries);
    server = new SimulatorServer(port, callbacks, log::take);
  }

  /** The hub has moved; what is being sent goes on to the old address. */
  public void hubAt(URI url) {
    hubUrl = url;
  }

  /** For the setting {@code callback-url}. */
  public URI callbackUrl() {
    return server.url().resolve("/callback");
  }

  /** What the hub's callbacks meet. */
  public Mischief callbackMischief() {
    return callbacks;
  }

  /**
   * What the events meet on their way to the hub: {@code DUPLICATE} and {@code CUT_AFTER} send
   * twice, {@code REORDER} lets what another thread sends overtake, {@code DELAY} waits; the others
   * do nothing.
   */
  public Mischief deliveryMischief() {
    return deliveries;
  }

  /** An event with a new id, without anything that only its type needs. */
  public ObjectNode event(String type, String userId) {
    ObjectNode event = HubJson.mapper().createObjectNode();
    event.put("id", prefix + counter.incrementAndGet());
    event.put("type", type);
    event.putObject("from").put("id", userId);
    return event;
  }

  /** An event in which a user says something. */
  public ObjectNode textEvent(String userId, String text) {
    ObjectNode event = event("message", userId);
    event.putArray("parts").addObject().put("type", "text").put("text", text);
    return event;
  }

  /**
   * Sends events in one request, again and again until the hub takes or refuses them.
   *
   * @return the last answer
   * @throws IllegalStateException when there is no answer that counts within two minutes
   */
  public HubAnswer send(List<? extends JsonNode> events) {
    ArrayNode body = HubJson.mapper().createArrayNode();
    events.forEach(body::add);
    String id = prefix + "delivery-" + counter.incrementAndGet();
    return poster.post(
        hubUrl.resolve("/hooks/" + account), id, body.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** A user says these texts, one message each, in one request. */
  public HubAnswer message(String userId, String... texts) {
    List<JsonNode> events = new ArrayList<>();
    for (String text : texts) {
      events.add(textEvent(userId, text));
    }
    return send(events);
  }

  /** A message has reached the user; {@code target} is the id under which it was taken. */
  public HubAnswer deliver(String userId, String target) {
    return receipt(userId, target, "delivered");
  }

  /** The user has seen a message. */
  public HubAnswer read(String userId, String target) {
    return receipt(userId, target, "read");
  }

  /** What the hub has sent to a user, each message once, in the order in which it came. */
  public List<JsonNode> received(String userId) {
    return log.received(userId);
  }

  /** The words of what the hub has sent to a user. */
  public List<String> texts(String userId) {
    return received(userId).stream()
        .map(callback -> String.join("\n", callback.findValuesAsText("text")))
        .toList();
  }

  /** How many messages the hub has sent to all users. */
  public int receivedCount() {
    return log.count();
  }

  /** How often the hub sent a message again that had been taken before. */
  public int repeats() {
    return log.repeats();
  }

  /** How many callbacks were refused because of their signature or their form. */
  public int rejected() {
    return log.rejected();
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
    poster.close();
    server.close();
  }

  private HubAnswer receipt(String userId, String target, String status) {
    return send(List.of(event("receipt", userId).put("target", target).put("status", status)));
  }
}
