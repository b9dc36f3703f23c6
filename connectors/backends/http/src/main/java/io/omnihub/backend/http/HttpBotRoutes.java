package io.omnihub.backend.http;

import io.omnihub.api.connector.Account;
import io.omnihub.api.model.Turn;
import io.omnihub.api.model.TurnResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.http.HttpClientConfigurer;

/** The route of one bot. */
final class HttpBotRoutes extends RouteBuilder {
  private static final int LONGEST_ANSWER = 1 << 20;
  private static final int MOST_CONNECTIONS = 512;

  private final Account account;
  private final HttpBotConfig config;

  HttpBotRoutes(Account account, HttpBotConfig config) {
    this.account = account;
    this.config = config;
  }

  @Override
  public void configure() {
    errorHandler(noErrorHandler());
    from("hub:turns/" + account.id())
        .process(this::request)
        .doTry()
        .to(bot())
        .process(HttpBotRoutes::answered)
        .doCatch(IOException.class)
        .process(HttpBotRoutes::failed)
        .end();
  }

  /** The host is only a name for the endpoint; each request says where it really goes. */
  private String bot() {
    String configurer = "http-bot-client-" + account.id();
    bindToRegistry(configurer, client());
    long millis = config.timeout().toMillis();
    return config.url().getScheme()
        + "://bot?httpMethod=POST&throwExceptionOnFailure=false&copyHeaders=false&skipResponseHeaders=true"
        + ("&httpClientConfigurer=#" + configurer)
        + ("&connectTimeout=" + millis + "&connectionRequestTimeout=" + millis)
        + ("&responseTimeout=" + millis + "&soTimeout=" + millis)
        + ("&maxTotalConnections=" + MOST_CONNECTIONS)
        + ("&connectionsPerRoute=" + MOST_CONNECTIONS);
  }

  /** A redirect would lead a signed turn to a stranger. */
  private HttpClientConfigurer client() {
    return builder ->
        builder
            .setRetryStrategy(new StaleConnectionRetry())
            .disableRedirectHandling()
            .disableCookieManagement()
            .addExecInterceptorFirst("whole", new WholeAnswer(LONGEST_ANSWER, config.timeout()));
  }

  private void request(Exchange exchange) {
    Turn turn = exchange.getMessage().getBody(Turn.class);
    String body = HttpBotTurn.body(turn);
    Message request = exchange.getMessage();
    request.removeHeaders("*");
    config.headers().forEach(request::setHeader);
    request.setHeader(Exchange.HTTP_URI, config.url().toString());
    request.setHeader(Exchange.CONTENT_TYPE, "application/json");
    request.setHeader("webhook-id", turn.id());
    config
        .signature()
        .ifPresent(
            signature ->
                signature
                    .headers(turn.id(), account.clock().instant(), body)
                    .forEach(request::setHeader));
    request.setBody(body.getBytes(StandardCharsets.UTF_8));
  }

  private static void answered(Exchange exchange) {
    Message answer = exchange.getMessage();
    byte[] body = answer.getBody(byte[].class);
    end(
        answer,
        HttpBotAnswer.read(
            answer.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class),
            body == null ? new byte[0] : body));
  }

  private static void failed(Exchange exchange) {
    IOException failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, IOException.class);
    end(exchange.getMessage(), HttpBotErrors.ofFailure(failure));
  }

  private static void end(Message answer, TurnResult result) {
    answer.removeHeaders("*");
    answer.setBody(result);
  }
}
