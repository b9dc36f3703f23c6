package io.omnihub.core.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.omnihub.api.json.HubJson;
import io.omnihub.testkit.Await;
import io.omnihub.testkit.partner.WebhookSeal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A subscriber: takes what is posted, and answers as the test says. Safe for all threads. */
public final class WebhookReceiver implements AutoCloseable {
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Taken> calls = new CopyOnWriteArrayList<>();
  private final List<Taken> taken = new CopyOnWriteArrayList<>();
  private final int port;
  private volatile Behaviour behaviour = call -> 204;
  private HttpServer server;

  /** Listens on a free port. */
  public WebhookReceiver() {
    server = listen(0);
    port = server.getAddress().getPort();
  }

  /** What it answers to a call: a status, or 0 to hang up. */
  public interface Behaviour {
    int answer(Taken call);
  }

  /** A call as it came; header names are lower case. */
  public record Taken(String path, Map<String, String> headers, String body) {
    public String id() {
      return headers.get("webhook-id");
    }

    public JsonNode json() {
      try {
        return HubJson.mapper().readTree(body);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    public String type() {
      return json().get("type").asText();
    }

    /** Whether one of the signatures is that of the secret. */
    public boolean signedWith(String secret) {
      WebhookSeal seal = new WebhookSeal(secret);
      return List.of(headers.get("webhook-signature").split(" ")).stream()
          .anyMatch(
              one -> {
                Map<String, String> alone = new HashMap<>(headers);
                alone.put("webhook-signature", one);
                return seal.holds(alone, body.getBytes(StandardCharsets.UTF_8));
              });
    }
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + port + "/events");
  }

  public void answer(Behaviour next) {
    behaviour = next;
  }

  /** All calls, in the order in which they came. */
  public List<Taken> calls() {
    return List.copyOf(calls);
  }

  /** Those that were answered with 2xx. */
  public List<Taken> taken() {
    return List.copyOf(taken);
  }

  public List<Taken> awaitTaken(int count) {
    Await.until(count + " events, got " + taken.size(), () -> taken.size() >= count);
    return taken();
  }

  /** Refuses connections from now on. */
  public void down() {
    server.stop(0);
  }

  /** Listens again at the same address. */
  public void up() {
    server = listen(port);
  }

  private HttpServer listen(int at) {
    try {
      HttpServer fresh =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), at), 0);
      fresh.setExecutor(executor);
      fresh.createContext("/", this::take);
      fresh.start();
      return fresh;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void take(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Map<String, String> headers = new HashMap<>();
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) ->
                headers.put(name.toLowerCase(java.util.Locale.ROOT), values.getFirst()));
    Taken call = new Taken(exchange.getRequestURI().getPath(), headers, body);
    calls.add(call);
    int status = behaviour.answer(call);
    if (status / 100 == 2) {
      taken.add(call);
    }
    if (status > 0) {
      exchange.sendResponseHeaders(status, -1);
    }
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    executor.shutdownNow();
  }
}
