package io.omnihub.channel.webchat;

import io.omnihub.api.connector.Account;
import io.omnihub.api.model.Failure;
import io.omnihub.api.model.Identity;
import io.omnihub.api.model.OutboundMessage;
import io.omnihub.api.model.SendOutcome;
import io.omnihub.api.route.HubHeaders;
import io.omnihub.api.route.InboundReceipt;
import io.omnihub.api.route.OverloadedException;
import io.omnihub.api.route.SocketEvent;
import io.omnihub.api.route.TypingNotice;
import io.omnihub.channel.webchat.WebchatSockets.Submission;
import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Route;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.RoutePolicySupport;

/** The routes of one web chat: browsers on one side, the hub on the other. */
final class WebchatRoutes extends RouteBuilder {
  private static final String SUBMISSION = "webchat.submission";

  private final String account;
  private final WebchatWeb web;
  private final WebchatSockets sockets;

  WebchatRoutes(Account account, WebchatConfig config) {
    this.account = account.id();
    WebchatSignature signature = WebchatSignature.of(account.state());
    FileLinks links = new FileLinks(account.id(), signature, account.clock());
    VisitorFiles files = new VisitorFiles(account.media(), links);
    VisitorLogin login =
        new VisitorLogin(
            config, new VisitorTokens(signature, account.clock(), config.sessionTtl()));
    TokenBuckets messages = new TokenBuckets(config.messagesPerMinute(), account.clock());
    this.web = new WebchatWeb(config.origins(), login, files, messages);
    this.sockets =
        new WebchatSockets(
            account,
            config,
            new WebchatSockets.Parts(login, files, new WebchatOutbound(links), messages));
  }

  @Override
  public void configure() {
    errorHandler(noErrorHandler());
    from("hub:web/" + account).routeId("webchat-web-" + account).process(this::web);
    configureSockets();
    from("hub:outbound/" + account).routeId("webchat-outbound-" + account).process(this::send);
    from("hub:typing/" + account)
        .routeId("webchat-typing-" + account)
        .process(exchange -> sockets.typing(exchange.getMessage().getBody(TypingNotice.class)));
    from("timer:webchat-" + account + "?delay=1000&period=1000")
        .routeId("webchat-sweep-" + account)
        .process(exchange -> sockets.sweep());
  }

  private void configureSockets() {
    from("hub:socket/" + account)
        .routeId("webchat-socket-" + account)
        .routePolicy(new Farewell(sockets))
        .process(this::receive)
        .filter(body().isNotNull())
        .doTry()
        .to("hub:inbound/" + account)
        .process(this::stored)
        .doCatch(OverloadedException.class)
        .process(this::busy)
        .end();
  }

  private void web(Exchange exchange) throws IOException {
    Message message = exchange.getMessage();
    WebReply reply = web.answer(request(message));
    // The request's own headers, cookies among them, would go out with the answer.
    message.removeHeaders("*");
    reply.headers().forEach(message::setHeader);
    message.setHeader(HubHeaders.STATUS, reply.status());
    message.setBody(reply.body());
  }

  private static WebRequest request(Message message) {
    byte[] body = message.getBody(byte[].class);
    return new WebRequest(
        header(message, HubHeaders.METHOD),
        header(message, HubHeaders.PATH),
        WebRequest.parameters(header(message, HubHeaders.QUERY)),
        header(message, "Origin"),
        WebRequest.bearer(header(message, "Authorization")),
        header(message, "Content-Type"),
        header(message, "X-Filename"),
        body == null ? new byte[0] : body);
  }

  private static String header(Message message, String name) {
    return message.getHeader(name, "", String.class);
  }

  private void receive(Exchange exchange) {
    Message message = exchange.getMessage();
    sockets
        .receive(message.getBody(SocketEvent.class))
        .ifPresentOrElse(
            submission -> {
              exchange.setProperty(SUBMISSION, submission);
              message.setBody(submission.batch());
            },
            () -> message.setBody(null));
  }

  private void stored(Exchange exchange) {
    sockets.stored(submission(exchange), exchange.getMessage().getBody(InboundReceipt.class));
  }

  private void busy(Exchange exchange) {
    OverloadedException overloaded =
        exchange.getProperty(Exchange.EXCEPTION_CAUGHT, OverloadedException.class);
    sockets.busy(submission(exchange), overloaded.retryAfter());
  }

  private static Submission submission(Exchange exchange) {
    return exchange.getProperty(SUBMISSION, Submission.class);
  }

  private void send(Exchange exchange) {
    OutboundMessage message = exchange.getMessage().getBody(OutboundMessage.class);
    exchange.getMessage().setBody(deliver(message));
  }

  /** It waits in the transcript for those who are not here. */
  private SendOutcome deliver(OutboundMessage message) {
    Identity to = message.identity();
    if (!to.scheme().equals(Visitor.SCHEME) || !to.scope().equals(account)) {
      return new SendOutcome.Refused(
          Failure.of(Failure.Code.RECIPIENT_INVALID, "not a visitor of this chat"));
    }
    sockets.push(message);
    return SendOutcome.Accepted.as(WebchatInbound.outgoing(message.id()));
  }

  /** Sockets of an account that stops would stay open with nobody behind them. */
  private static final class Farewell extends RoutePolicySupport {
    private final WebchatSockets sockets;

    Farewell(WebchatSockets sockets) {
      this.sockets = sockets;
    }

    @Override
    public void onStop(Route route) {
      sockets.closeAll();
    }
  }
}
