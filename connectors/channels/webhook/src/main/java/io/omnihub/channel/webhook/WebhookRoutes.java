package io.omnihub.channel.webhook;

import io.omnihub.api.connector.Account;
import io.omnihub.api.http.HttpOutcomes;
import io.omnihub.api.model.OutboundMessage;
import io.omnihub.api.model.SendOutcome;
import io.omnihub.api.route.InboundBatch;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.http.HttpClientConfigurer;

/** The routes of one partner. */
final class WebhookRoutes extends RouteBuilder {
  private static final int LONGEST_ANSWER = 64 << 10;
  private static final int MOST_CONNECTIONS = 256;
  private static final String SENT = "webhook.message";

  private final Account account;
  private final WebhookConfig config;
  private final WebhookOutbound outbound;

  WebhookRoutes(Account account, WebhookConfig config) {
    this.account = account;
    this.config = config;
    outbound = new WebhookOutbound(account.publicUrl());
  }

  @Override
  public void configure() {
    errorHandler(noErrorHandler());
    from("hub:webhook/" + account.id())
        .process(new WebhookDoor(account.id(), config, account.clock()))
        .filter(body().isInstanceOf(InboundBatch.class))
        .to("hub:inbound/" + account.id())
        .process(WebhookAnswers::accepted);
    config.callbackUrl().ifPresentOrElse(this::sendTo, this::refuseToSend);
  }

  private void refuseToSend() {
    from("hub:outbound/" + account.id()).setBody(constant(WebhookErrors.noCallback()));
  }

  private void sendTo(URI callback) {
    from("hub:outbound/" + account.id())
        .process(exchange -> request(exchange, callback))
        .doTry()
        .to(partner(callback))
        .process(this::answered)
        .doCatch(IOException.class)
        .process(WebhookRoutes::failed)
        .end();
  }

  /** The host is only a name for the endpoint; each request says where it really goes. */
  private String partner(URI callback) {
    String configurer = "webhook-client-" + account.id();
    bindToRegistry(configurer, client());
    long millis = config.timeout().toMillis();
    return callback.getScheme()
        + "://partner?httpMethod=POST&throwExceptionOnFailure=false&copyHeaders=false"
        + ("&httpClientConfigurer=#" + configurer)
        + ("&connectTimeout=" + millis + "&connectionRequestTimeout=" + millis)
        + ("&responseTimeout=" + millis + "&soTimeout=" + millis)
        + ("&maxTotalConnections=" + MOST_CONNECTIONS)
        + ("&connectionsPerRoute=" + MOST_CONNECTIONS);
  }

  /** Retries are the hub's, and a redirect would lead a signed message to a stranger. */
  private HttpClientConfigurer client() {
    return builder ->
        builder
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableCookieManagement()
            .addExecInterceptorFirst(
                "beginning", new AnswerBeginning(LONGEST_ANSWER, config.timeout()));
  }

  private void request(Exchange exchange, URI callback) {
    OutboundMessage message = exchange.getMessage().getBody(OutboundMessage.class);
    exchange.setProperty(SENT, message.id());
    byte[] body = outbound.body(message);
    String id = WebhookOutbound.webhookId(message);
    Instant now = account.clock().instant();
    Message request = exchange.getMessage();
    request.removeHeaders("*");
    request.setHeader(Exchange.HTTP_URI, callback.toString());
    request.setHeader(Exchange.CONTENT_TYPE, "application/json");
    request.setHeader(WebhookSignature.ID, id);
    request.setHeader(WebhookSignature.TIMESTAMP, Long.toString(now.getEpochSecond()));
    request.setHeader(WebhookSignature.SIGNATURE, config.signature().sign(id, now, body));
    request.setBody(body);
  }

  private void answered(Exchange exchange) {
    Message answer = exchange.getMessage();
    SendOutcome outcome =
        WebhookErrors.outcome(
            answer.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class),
            answer.getBody(byte[].class),
            answer.getHeader("Retry-After", String.class),
            exchange.getProperty(SENT, String.class),
            account.clock());
    end(answer, outcome);
  }

  private static void failed(Exchange exchange) {
    Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    end(exchange.getMessage(), HttpOutcomes.ofFailure(failure));
  }

  private static void end(Message answer, SendOutcome outcome) {
    answer.removeHeaders("*");
    answer.setBody(outcome);
  }
}
