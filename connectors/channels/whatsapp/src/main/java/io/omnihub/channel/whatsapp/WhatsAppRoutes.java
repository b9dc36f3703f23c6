package io.omnihub.channel.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import io.omnihub.api.connector.Account;
import io.omnihub.api.model.OutboundMessage;
import io.omnihub.api.model.SendOutcome;
import io.omnihub.api.route.InboundBatch;
import io.omnihub.api.route.TypingNotice;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/** The routes of one business number. */
final class WhatsAppRoutes extends RouteBuilder {
  private static final String ANSWERED = "whatsapp.answered";

  private final Account account;
  private final WhatsAppConfig config;
  private final TemplateStates templates;

  WhatsAppRoutes(Account account, WhatsAppConfig config) {
    this.account = account;
    this.config = config;
    templates = new TemplateStates(account.state(), config);
  }

  @Override
  public void configure() {
    errorHandler(noErrorHandler());
    GraphApi api = new GraphApi(getContext(), config);
    ReadMarks marks = new ReadMarks(api, new ServiceWindow(account.transcript(), account.clock()));
    configureInbound();
    configureOutbound(api, marks);
    from(ofAccount("hub:media")).process(new WhatsAppMedia(config, api));
    from(ofAccount("hub:typing"))
        .process(exchange -> marks.typing(body(exchange, TypingNotice.class).identity()));
  }

  /**
   * Meta gets its answer once the events are safe; what they tell of templates is kept then too.
   */
  private void configureInbound() {
    UnsettledSends unsettled = new UnsettledSends(account.transcript());
    WhatsAppInbound inbound = new WhatsAppInbound(account.id(), config, unsettled, account.clock());
    from(ofAccount("hub:webhook"))
        .process(new WhatsAppDoor(account.id(), config, inbound))
        .filter(body().isInstanceOf(InboundBatch.class))
        .filter(exchange -> !body(exchange, InboundBatch.class).events().isEmpty())
        .to(ofAccount("hub:inbound"))
        .end()
        .process(exchange -> templates.learn(payload(exchange)))
        .setBody(constant(""))
        .end();
  }

  /** Nobody waits for the read mark. */
  private void configureOutbound(GraphApi api, ReadMarks marks) {
    from(ofAccount("direct:whatsapp-read"))
        .process(
            exchange ->
                marks.read(exchange.getProperty(ANSWERED, OutboundMessage.class).identity()));
    from(ofAccount("hub:outbound"))
        .process(exchange -> exchange.setProperty(ANSWERED, body(exchange, OutboundMessage.class)))
        .process(new WhatsAppDelivery(account, config, api, templates))
        .filter(exchange -> config.readMarks() && wasAccepted(exchange))
        .wireTap(ofAccount("direct:whatsapp-read"))
        .end();
  }

  private static boolean wasAccepted(Exchange exchange) {
    return body(exchange, SendOutcome.class) instanceof SendOutcome.Accepted;
  }

  private static JsonNode payload(Exchange exchange) {
    return exchange.getProperty(WhatsAppDoor.PAYLOAD, JsonNode.class);
  }

  private static <T> T body(Exchange exchange, Class<T> type) {
    return exchange.getMessage().getBody(type);
  }

  private String ofAccount(String kind) {
    return kind + "/" + account.id();
  }
}
