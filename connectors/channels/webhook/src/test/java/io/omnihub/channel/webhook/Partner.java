package io.omnihub.channel.webhook;

import io.omnihub.api.route.HubGateway;
import io.omnihub.testkit.harness.ConnectorHarness;
import io.omnihub.testkit.harness.HttpReply;
import io.omnihub.testkit.partner.WebhookSeal;
import io.omnihub.testkit.simulator.Mischief;
import io.omnihub.testkit.simulator.SimulatedReply;
import io.omnihub.testkit.simulator.SimulatorServer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the tests of this channel share: secrets, signed requests, and a door for HTTP. */
final class Partner {
  static final String SECRET = "whsec_Y2FuYXJ5LWNhbmFyeS1jYW5hcnktY2FuYXJ5LTAwMQ==";
  static final String NEW_SECRET = "whsec_Y2FuYXJ5LWNhbmFyeS1jYW5hcnktY2FuYXJ5LTAwMg==";
  static final String STRANGE_SECRET = "whsec_c3RyYW5nZXItc3RyYW5nZXItc3RyYW5nZXItMDAwMA==";

  private Partner() {}

  static HttpReply post(ConnectorHarness hub, String secret, Instant now, String body) {
    return hub.webhook(body, headers(secret, now, body));
  }

  static Map<String, String> headers(String secret, Instant now, String body) {
    return new HashMap<>(
        new WebhookSeal(secret).headers("dlv-1", now, body.getBytes(StandardCharsets.UTF_8)));
  }

  static String message(String id) {
    return """
        {"id":"%s","type":"message","from":{"id":"u42"},"parts":[{"type":"text","text":"hi"}]}"""
        .formatted(id);
  }

  /** The hub's HTTP server, as far as a partner can tell. */
  static SimulatorServer door(ConnectorHarness hub) {
    return new SimulatorServer(
        0,
        new Mischief(1),
        request -> {
          HttpReply reply =
              hub.http(
                  HubGateway.Kind.WEBHOOK,
                  request.method(),
                  "",
                  "",
                  request.body(),
                  request.headers());
          return new SimulatedReply(reply.status(), Map.of(), reply.body());
        });
  }

  static List<String> keys(ConnectorHarness hub) {
    return hub.events().stream().map(event -> event.key()).toList();
  }
}
