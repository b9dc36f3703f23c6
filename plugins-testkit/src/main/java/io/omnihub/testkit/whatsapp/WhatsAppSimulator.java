package io.omnihub.testkit.whatsapp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.omnihub.testkit.simulator.Mischief;
import io.omnihub.testkit.simulator.SimulatedReply;
import io.omnihub.testkit.simulator.SimulatorServer;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A WhatsApp on loopback with one business number. The business's side is the Graph API at {@link
 * #url()}; the customers' side is the methods here. What customers do, and receipts, wait as
 * webhooks until {@link #run()} posts what is due by the clock. Safe for all threads.
 */
public final class WhatsAppSimulator implements AutoCloseable {
  private final BusinessNumber business;
  private final Clock clock;
  private final Mischief apiMischief;
  private final Mischief deliveryMischief;
  private final Payloads payloads;
  private final WebhookQueue webhooks;
  private final SendLimits limits;
  private final MediaShelf media;
  private final MessageRules rules = new MessageRules();
  private final GraphServer graph;
  private final SimulatorServer server;
  private final List<WhatsAppUser> users = new CopyOnWriteArrayList<>();
  private final List<GraphCall> calls = new CopyOnWriteArrayList<>();
  private final List<HttpTransport> opened = new CopyOnWriteArrayList<>();
  private final AtomicLong ids = new AtomicLong();
  private final List<ObjectNode> held = new ArrayList<>();
  private boolean holding;
  private volatile boolean receipts = true;

  /**
   * Starts.
   *
   * @param port 0 for a free one
   * @param seed of the mischief
   * @param clock for the times of messages, redeliveries, limits and links
   */
  public WhatsAppSimulator(int port, BusinessNumber business, long seed, Clock clock) {
    this.business = business;
    this.clock = clock;
    apiMischief = new Mischief(seed);
    deliveryMischief = new Mischief(seed + 1);
    payloads = new Payloads(business);
    webhooks = new WebhookQueue(clock, business.appSecret(), deliveryMischief);
    limits = new SendLimits(clock);
    media = new MediaShelf(clock);
    graph = new GraphServer(business, new Customers(), media, rules);
    server = new SimulatorServer(port, apiMischief, graph);
  }

  /** What {@code api-url} is set to. */
  public URI url() {
    return server.url();
  }

  /** What happens to requests of the business. */
  public Mischief apiMischief() {
    return apiMischief;
  }

  /** What happens to webhooks on their way. */
  public Mischief deliveryMischief() {
    return deliveryMischief;
  }

  /** Posts webhooks to an address. */
  public void deliverTo(URI url) {
    HttpTransport http = new HttpTransport(url);
    opened.add(http);
    webhooks.through(http);
  }

  /** Hands webhooks to this instead of posting them. */
  public void deliverThrough(WebhookTransport transport) {
    webhooks.through(transport);
  }

  /** Posts every webhook that is due, once; those that fail are due again later. */
  public void run() {
    try {
      webhooks.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** How many webhooks were not taken yet. */
  public int pendingWebhooks() {
    return webhooks.size();
  }

  /** From now on what happens is gathered, for one webhook. */
  public synchronized void hold() {
    holding = true;
  }

  /** What was gathered becomes one webhook with many entries. */
  public synchronized void release() {
    holding = false;
    if (!held.isEmpty()) {
      webhooks.add(Payloads.batch(held), Duration.ZERO);
    }
    held.clear();
  }

  /** Whether messages of the business are followed by sent, delivered and read; they are. */
  public void receipts(boolean given) {
    receipts = given;
  }

  /** How many messages one customer takes at once, and all together in a second. */
  public void limit(int pairBurst, int perSecond) {
    synchronized (limits) {
      limits.set(pairBurst, perSecond);
    }
  }

  /** A template that may be sent, with so many parameters in its body. */
  public void approveTemplate(String name, String language, int parameters) {
    rules.approve(name, language, parameters);
    templateEvent(name, language, "APPROVED");
  }

  /** Tells the business what became of a template: {@code PAUSED}, {@code REJECTED} and so on. */
  public void templateEvent(String name, String language, String event) {
    ObjectNode value = GraphServer.JSON.createObjectNode().put("event", event);
    value.put("message_template_name", name).put("message_template_language", language);
    ObjectNode payload = payloads.of("message_template_status_update", value);
    ((ObjectNode) payload.path("entry").path(0)).put("time", clock.instant().getEpochSecond());
    add(payload, Duration.ZERO);
  }

  /** The next message is answered so and not sent, for refusals that depend on what is not here. */
  public void answerNext(int status, String json) {
    graph.answerNext(SimulatedReply.json(status, json));
  }

  /** Somebody has WhatsApp but never wrote to the business. */
  public void know(WhatsAppUser user) {
    if (!users.contains(user)) {
      users.add(user);
    }
  }

  /** The customer writes; returns the message's id. */
  public String customerWrites(WhatsAppUser user, String text) {
    ObjectNode fields = GraphServer.JSON.createObjectNode().put("type", "text");
    fields.putObject("text").put("body", text);
    return customerSends(user, fields);
  }

  /** The customer sends something else: JSON of the message's fields. */
  public String customerSends(WhatsAppUser user, String fields) {
    try {
      return customerSends(user, (ObjectNode) GraphServer.JSON.readTree(fields));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the fields are not a JSON object", e);
    }
  }

  private String customerSends(WhatsAppUser user, ObjectNode fields) {
    know(user);
    synchronized (limits) {
      limits.customerWrote(user);
    }
    String id = nextId();
    ObjectNode message = GraphServer.JSON.createObjectNode();
    user.name(message, "from", "from_user_id");
    message.put("id", id).put("timestamp", now());
    message.setAll(fields);
    add(payloads.of("messages", "messages", user, message), Duration.ZERO);
    return id;
  }

  /** The customer sends a file; returns the message's id. */
  public String customerSendsFile(WhatsAppUser user, String type, String mediaType, byte[] file) {
    ObjectNode fields = GraphServer.JSON.createObjectNode().put("type", type);
    fields.putObject(type).put("id", addFile(mediaType, file)).put("mime_type", mediaType);
    return customerSends(user, fields);
  }

  /** The customer has another number from now on; returns him as he is then. */
  public WhatsAppUser customerChangesNumber(WhatsAppUser user, String number) {
    WhatsAppUser moved = user.withNumber(number);
    users.remove(user);
    know(moved);
    synchronized (limits) {
      limits.customerMoved(user, moved);
    }
    ObjectNode message = GraphServer.JSON.createObjectNode().put("type", "system");
    user.name(message, "from", "from_user_id");
    message.put("id", nextId()).put("timestamp", now());
    ObjectNode system = message.putObject("system").put("type", "user_changed_number");
    system.put("body", "The number has changed").put("wa_id", number);
    add(payloads.of("messages", "messages", user, message), Duration.ZERO);
    return moved;
  }

  /** Puts a file on the server; returns its media id. */
  public String addFile(String mediaType, byte[] content) {
    synchronized (graph) {
      return media.add(new MediaShelf.StoredFile(mediaType, content));
    }
  }

  /** As after thirty days. */
  public void forgetFile(String id) {
    synchronized (graph) {
      media.remove(id);
    }
  }

  /** The bytes of a file that the business uploaded. */
  public byte[] file(String id) {
    synchronized (graph) {
      return media.file(id).content();
    }
  }

  /** Everything that the business sent and marked, oldest first. */
  public List<GraphCall> calls() {
    return List.copyOf(calls);
  }

  /** The messages among it. */
  public List<GraphCall> sent() {
    return calls.stream().filter(call -> !call.providerId().isEmpty()).toList();
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
    for (HttpTransport one : opened) {
      one.close();
    }
    server.close();
  }

  private synchronized void add(ObjectNode payload, Duration after) {
    if (holding) {
      held.add(payload);
    } else {
      webhooks.add(payload, after);
    }
  }

  private String nextId() {
    return "wamid." + business.phoneNumberId() + "_" + ids.incrementAndGet();
  }

  private String now() {
    return Long.toString(clock.instant().getEpochSecond());
  }

  /** The other end of the Graph API. */
  private final class Customers implements GraphServer.Network {
    @Override
    public String send(String address, JsonNode message) {
      Optional<WhatsAppUser> user = users.stream().filter(one -> one.is(address)).findFirst();
      if (user.isEmpty()) {
        throw new GraphRefusal(400, 131026, "Message undeliverable");
      }
      synchronized (limits) {
        limits.check(user.get(), message.path("type").asText().equals("template"));
      }
      String id = nextId();
      calls.add(new GraphCall(message, id));
      if (receipts) {
        status(user.get(), message, id, "sent", 0);
        status(user.get(), message, id, "delivered", 1);
        status(user.get(), message, id, "read", 5);
      }
      return id;
    }

    @Override
    public String url() {
      return server.url().toString();
    }

    @Override
    public void read(JsonNode mark) {
      if (!mark.path("message_id").asText("").startsWith("wamid.")) {
        throw GraphRefusal.parameter("there is no such message");
      }
      calls.add(new GraphCall(mark, ""));
    }

    private void status(WhatsAppUser user, JsonNode message, String id, String word, int seconds) {
      ObjectNode status = GraphServer.JSON.createObjectNode().put("id", id).put("status", word);
      status.put("timestamp", now());
      user.name(status, "recipient_id", "recipient_user_id");
      JsonNode data = message.path("biz_opaque_callback_data");
      if (data.isTextual()) {
        status.put("biz_opaque_callback_data", data.asText());
      }
      add(payloads.of("messages", "statuses", user, status), Duration.ofSeconds(seconds));
    }
  }
}
