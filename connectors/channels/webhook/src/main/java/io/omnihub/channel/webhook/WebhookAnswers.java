package io.omnihub.channel.webhook;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.omnihub.api.route.HubHeaders;
import io.omnihub.api.route.InboundReceipt;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** What a partner is answered: a count, or a problem after RFC 9457. */
final class WebhookAnswers {
  private static final String PROBLEM = "urn:omnihub:problem:";

  private WebhookAnswers() {}

  static void accepted(Exchange exchange) {
    InboundReceipt receipt = exchange.getMessage().getBody(InboundReceipt.class);
    ObjectNode count =
        JsonNodeFactory.instance
            .objectNode()
            .put("accepted", receipt.accepted())
            .put("duplicates", receipt.duplicates());
    answer(exchange, 202, "application/json", count);
  }

  static void unsigned(Exchange exchange) {
    refuse(
        exchange,
        problem(401, "signature", "The signature is missing or wrong")
            .put("detail", "expected webhook-id, webhook-timestamp and webhook-signature"));
  }

  static void notPosted(Exchange exchange) {
    refuse(
        exchange,
        problem(405, "method-not-allowed", "The method is not allowed")
            .put("detail", "expected POST"));
    exchange.getMessage().setHeader("Allow", "POST");
  }

  static void tooLarge(Exchange exchange, int limit) {
    refuse(
        exchange,
        problem(413, "too-large", "The body is too large")
            .put("detail", "expected at most " + limit + " bytes"));
  }

  static void malformed(Exchange exchange, WebhookInbound.Reading.NotEvents reading) {
    refuse(
        exchange,
        problem(400, "malformed-event", "The body is malformed").put("detail", reading.problem()));
  }

  static void malformed(Exchange exchange, WebhookInbound.Reading.Malformed reading) {
    String field = reading.field().isEmpty() ? "" : reading.field() + ": ";
    refuse(
        exchange,
        problem(400, "malformed-event", "An event is malformed")
            .put("detail", "event " + reading.index() + ": " + field + reading.problem())
            .put("index", reading.index())
            .put("field", reading.field()));
  }

  private static ObjectNode problem(int status, String type, String title) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("type", PROBLEM + type)
        .put("title", title)
        .put("status", status);
  }

  private static void refuse(Exchange exchange, ObjectNode problem) {
    answer(exchange, problem.get("status").intValue(), "application/problem+json", problem);
  }

  private static void answer(Exchange exchange, int status, String type, ObjectNode body) {
    Message message = exchange.getMessage();
    message.removeHeaders("*");
    message.setHeader(HubHeaders.STATUS, status);
    message.setHeader(Exchange.CONTENT_TYPE, type);
    message.setBody(body.toString());
  }
}
