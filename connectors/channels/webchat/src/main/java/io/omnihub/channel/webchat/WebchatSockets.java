package io.omnihub.channel.webchat;

import io.omnihub.api.connector.Account;
import io.omnihub.api.connector.BrowserSocket;
import io.omnihub.api.model.Identity;
import io.omnihub.api.model.InboundEvent;
import io.omnihub.api.model.OutboundMessage;
import io.omnihub.api.model.Part;
import io.omnihub.api.route.InboundBatch;
import io.omnihub.api.route.InboundReceipt;
import io.omnihub.api.route.SocketEvent;
import io.omnihub.api.route.TypingNotice;
import io.omnihub.channel.webchat.WebchatErrors.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Talks with browsers over their sockets. */
final class WebchatSockets {
  private static final int FOREIGN_ORIGIN = 4403;
  private static final int SIGNALS_PER_MESSAGE = 5;

  private final Account account;
  private final AllowedOrigins origins;
  private final VisitorLogin login;
  private final VisitorFiles files;
  private final WebchatOutbound frames;
  private final WebchatInbound events;
  private final TokenBuckets messages;
  private final TokenBuckets signals;
  private final OpenSockets sockets = new OpenSockets();

  WebchatSockets(Account account, WebchatConfig config, Parts parts) {
    this.account = account;
    this.origins = config.origins();
    this.login = parts.login;
    this.files = parts.files;
    this.frames = parts.frames;
    this.messages = parts.messages;
    this.events = new WebchatInbound(account.id());
    this.signals =
        new TokenBuckets(config.messagesPerMinute() * SIGNALS_PER_MESSAGE, account.clock());
  }

  /** Handles what a socket did; what is to be stored comes back. */
  Optional<Submission> receive(SocketEvent event) {
    return switch (event) {
      case SocketEvent.Opened opened -> {
        open(opened);
        yield Optional.empty();
      }
      case SocketEvent.Text text -> read(text.socket(), text.text());
      case SocketEvent.Closed closed -> {
        sockets.gone(closed.socket().id());
        yield Optional.empty();
      }
    };
  }

  /** The event of a submission is durable. */
  void stored(Submission submission, InboundReceipt receipt) {
    if (submission.event instanceof InboundEvent.MessageReceived message) {
      submission.socket.send(WebchatOutbound.ack(submission.clientId));
      if (receipt.accepted() > 0) {
        mirror(submission.socket, message);
      }
    }
  }

  /** The hub could not take a submission. */
  void busy(Submission submission, Duration retry) {
    submission.socket.send(WebchatErrors.busy(submission.clientId, retry));
  }

  void push(OutboundMessage message) {
    Instant now = account.clock().instant();
    sockets.of(message.identity()).forEach(socket -> socket.push(message, now));
  }

  void typing(TypingNotice notice) {
    String frame = WebchatOutbound.typing(notice.duration());
    sockets.of(notice.identity()).forEach(socket -> socket.send(frame));
  }

  /** Called every second. */
  void sweep() {
    sockets.sweep(account.clock().instant());
    messages.sweep();
    signals.sweep();
  }

  void closeAll() {
    sockets.closeAll();
  }

  private void open(SocketEvent.Opened opened) {
    if (origins.allow(opened.origin())) {
      sockets.opened(opened.socket(), account.clock().instant());
    } else {
      opened.socket().close(FOREIGN_ORIGIN, "pages of this origin may not use the chat");
    }
  }

  private Optional<Submission> read(BrowserSocket browser, String text) {
    if (sockets.expire(browser, account.clock().instant())) {
      return Optional.empty();
    }
    if (sockets.isWaiting(browser)) {
      greet(browser, text);
      return Optional.empty();
    }
    Optional<ChatSocket> socket = sockets.known(browser);
    if (socket.isEmpty()) {
      browser.close(OpenSockets.RESTART, "not known here");
      return Optional.empty();
    }
    try {
      return handle(socket.get(), ClientFrame.parse(text), text);
    } catch (Refusal refusal) {
      socket.get().send(WebchatErrors.frame(refusal));
      return Optional.empty();
    }
  }

  private void greet(BrowserSocket browser, String text) {
    try {
      if (ClientFrame.parse(text) instanceof ClientFrame.Hello hello) {
        login
            .pass(hello.token())
            .ifPresentOrElse(
                pass -> join(browser, pass, hello),
                () -> sockets.reject(browser, "the token is not valid"));
      } else {
        sockets.reject(browser, "expected a hello");
      }
    } catch (Refusal refusal) {
      sockets.reject(browser, "expected a hello");
    }
  }

  private void join(BrowserSocket browser, VisitorTokens.Pass pass, ClientFrame.Hello hello) {
    Identity identity = pass.visitor().identity(account.id());
    ChatSocket socket = new ChatSocket(browser, pass, identity, account.transcript(), frames);
    if (sockets.join(socket)) {
      socket.start(hello.after());
    }
  }

  private Optional<Submission> handle(ChatSocket socket, ClientFrame frame, String raw)
      throws Refusal {
    Visitor visitor = socket.visitor();
    Instant now = account.clock().instant();
    return switch (frame) {
      case ClientFrame.Say say -> Optional.of(say(socket, say, raw, now));
      case ClientFrame.Typing typing ->
          signals.take(visitor.id()).isZero()
              ? Optional.of(Submission.signal(socket, events.typing(visitor, now)))
              : Optional.empty();
      case ClientFrame.Read read -> {
        limit(signals, visitor);
        yield Optional.of(Submission.signal(socket, events.read(visitor, now)));
      }
      case ClientFrame.Got got -> {
        limit(signals, visitor);
        yield socket.hasShown(got.id())
            ? Optional.of(Submission.signal(socket, events.got(visitor, got.id(), now)))
            : Optional.empty();
      }
      case ClientFrame.Ping ping -> {
        socket.send(WebchatOutbound.pong());
        yield Optional.empty();
      }
      case ClientFrame.Hello again ->
          throw new Refusal(WebchatErrors.Reason.BAD_FRAME, "hello was said before");
    };
  }

  private Submission say(ChatSocket socket, ClientFrame.Say say, String raw, Instant now)
      throws Refusal {
    try {
      limit(messages, socket.visitor());
      List<Part> parts = new ArrayList<>();
      for (Part part : say.parts()) {
        parts.add(part instanceof Part.Media media ? files.resolve(media, socket.visitor()) : part);
      }
      String replyTo = socket.hasShown(say.replyTo()) ? say.replyTo() : "";
      return new Submission(
          socket,
          events.message(socket.visitor(), say.clientId(), parts, replyTo, now),
          say.clientId(),
          raw);
    } catch (Refusal refusal) {
      throw refusal.about(say.clientId());
    }
  }

  private void mirror(ChatSocket author, InboundEvent.MessageReceived message) {
    String frame = frames.mirrored(message, author.visitor());
    for (ChatSocket socket : sockets.of(author.identity())) {
      if (socket != author) {
        socket.send(frame);
      }
    }
  }

  private static void limit(TokenBuckets buckets, Visitor visitor) throws Refusal {
    Duration wait = buckets.take(visitor.id());
    if (!wait.isZero()) {
      throw Refusal.slowDown(wait);
    }
  }

  /** What the sockets share with the HTTP side of the account. */
  record Parts(
      VisitorLogin login, VisitorFiles files, WebchatOutbound frames, TokenBuckets messages) {}

  /**
   * Something for the hub to store.
   *
   * @param clientId what the browser calls it, empty when it wants no answer
   * @param raw the frame as it came, empty when it is not worth keeping
   */
  record Submission(ChatSocket socket, InboundEvent event, String clientId, String raw) {
    static Submission signal(ChatSocket socket, InboundEvent event) {
      return new Submission(socket, event, "", "");
    }

    InboundBatch batch() {
      return raw.isEmpty()
          ? InboundBatch.of(List.of(event))
          : InboundBatch.json(List.of(event), raw.getBytes(StandardCharsets.UTF_8));
    }
  }
}
