package io.omnihub.channel.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.omnihub.api.connector.Account;
import io.omnihub.api.json.HubJson;
import io.omnihub.api.model.InboundEvent;
import io.omnihub.api.route.HubHeaders;
import io.omnihub.api.route.InboundBatch;
import io.omnihub.api.route.TypingNotice;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/** The routes of one account. */
final class TelegramRoutes extends RouteBuilder {
  private static final String PRESSES = "telegramPresses";

  private final Account account;
  private final TelegramConfig config;
  private final UpdatesPoller.Backoff backoff;
  private final TelegramSignature signature;
  private final GroupPolicy.BotProfile profile;
  private final TelegramInbound inbound;

  TelegramRoutes(Account account, TelegramConfig config, UpdatesPoller.Backoff backoff) {
    this.account = account;
    this.config = config;
    this.backoff = backoff;
    signature = new TelegramSignature(config.secretToken());
    profile = new GroupPolicy.BotProfile(config.botId());
    inbound =
        new TelegramInbound(
            new GroupPolicy(config.group(), profile),
            new PressedOptions(account.transcript()),
            account.clock());
  }

  @Override
  public void configure() {
    errorHandler(noErrorHandler());
    BotApi api = new BotApi(getContext(), config);
    BotSetup setup = new BotSetup(account, config, api, profile);
    switch (config.mode()) {
      case WEBHOOK -> configureWebhook(setup);
      case POLLING -> configurePolling(setup);
    }
    from(ofAccount("direct:telegram-presses")).process(exchange -> answerPresses(exchange, api));
    from(ofAccount("hub:outbound")).process(new TelegramDelivery(account, api));
    from(ofAccount("hub:media")).process(new BotFiles(config, api));
    from(ofAccount("hub:typing")).process(exchange -> showTyping(exchange, api));
  }

  private void configureWebhook(BotSetup setup) {
    from(ofAccount("timer:telegram-setup") + "?repeatCount=1&delay=0")
        .process(exchange -> setup.forWebhook());
    from(ofAccount("hub:webhook"))
        .process(this::admit)
        .filter(body().isInstanceOf(InboundBatch.class))
        .to("direct:telegram-inbound/" + account.id())
        .setBody(constant(""))
        .end();
    configureInbound();
  }

  private void configurePolling(BotSetup setup) {
    UpdatesPoller.Source source =
        new UpdatesPoller.Source(config, account.state(), backoff, setup::forPolling);
    from(new UpdatesPoller.From(getContext(), account.id(), source))
        .process(this::readPoll)
        .to("direct:telegram-inbound/" + account.id());
    configureInbound();
  }

  /** The presses are answered only when they are safe, and nobody waits for that. */
  private void configureInbound() {
    from(ofAccount("direct:telegram-inbound"))
        .filter(exchange -> !batch(exchange).events().isEmpty())
        .to(ofAccount("hub:inbound"))
        .end()
        .filter(exchange -> !presses(exchange).isEmpty())
        .wireTap(ofAccount("direct:telegram-presses"))
        .end();
  }

  private String ofAccount(String kind) {
    return kind + "/" + account.id();
  }

  /** Leaves a batch in the body, or an answer that refuses. */
  private void admit(Exchange exchange) {
    boolean post = "POST".equals(exchange.getMessage().getHeader(HubHeaders.METHOD, String.class));
    boolean known = signature.holds(exchange.getMessage().getHeaders());
    byte[] body = exchange.getMessage().getBody(byte[].class);
    exchange.getMessage().removeHeaders("*");
    if (!post) {
      exchange.getMessage().setHeader("Allow", "POST");
      answer(exchange, 405, "only POST");
    } else if (!known) {
      answer(exchange, 401, "the secret token is missing or wrong");
    } else {
      admit(exchange, body == null ? new byte[0] : body);
    }
  }

  private void admit(Exchange exchange, byte[] body) {
    try {
      JsonNode update = HubJson.mapper().readTree(body);
      if (update.path("update_id").isIntegralNumber()) {
        take(exchange, List.of(update), body);
        return;
      }
    } catch (IOException notJson) {
      log.debug("a webhook call without JSON");
    }
    answer(exchange, 400, "expected an Update of the Bot API");
  }

  private static void answer(Exchange exchange, int status, String sentence) {
    exchange.getMessage().setHeader(HubHeaders.STATUS, status);
    exchange.getMessage().setBody(sentence);
  }

  private void readPoll(Exchange exchange) throws IOException {
    byte[] body = exchange.getMessage().getBody(byte[].class);
    List<JsonNode> updates = new ArrayList<>();
    HubJson.mapper().readTree(body).path("result").forEach(updates::add);
    take(exchange, updates, body);
  }

  private void take(Exchange exchange, List<JsonNode> updates, byte[] raw) {
    List<InboundEvent> events = new ArrayList<>();
    List<String> presses = new ArrayList<>();
    for (JsonNode update : updates) {
      events.addAll(inbound.events(update));
      presses.addAll(TelegramInbound.presses(update));
    }
    exchange.setProperty(PRESSES, presses);
    exchange.getMessage().setBody(InboundBatch.json(events, raw));
  }

  private static InboundBatch batch(Exchange exchange) {
    return exchange.getMessage().getBody(InboundBatch.class);
  }

  private static List<?> presses(Exchange exchange) {
    return exchange.getProperty(PRESSES, List.of(), List.class);
  }

  /** Without an answer the button spins; a press that is too old does not matter any more. */
  private static void answerPresses(Exchange exchange, BotApi api) {
    for (Object press : presses(exchange)) {
      ObjectNode params = HubJson.mapper().createObjectNode();
      api.call("answerCallbackQuery", params.put("callback_query_id", press.toString()));
    }
  }

  private static void showTyping(Exchange exchange, BotApi api) {
    TypingNotice notice = exchange.getMessage().getBody(TypingNotice.class);
    ChatAddress.parse(notice.address())
        .map(address -> TelegramOutbound.target(address, notice.thread()))
        .ifPresent(params -> api.call("sendChatAction", params.put("action", "typing")));
  }
}
