package io.omnihub.channel.webchat;

import io.omnihub.api.connector.BrowserSocket;
import io.omnihub.api.connector.Transcript;
import io.omnihub.api.model.Identity;
import io.omnihub.api.model.Message;
import io.omnihub.api.model.OutboundMessage;
import io.omnihub.api.model.Part;
import io.omnihub.channel.webchat.VisitorTokens.Pass;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * An open socket of a known visitor. It remembers up to where it has shown the transcript, and
 * every push goes on from there: what came in between, from whatever side, is never left out. The
 * lock keeps the frames of a replay and of a push in order.
 */
final class ChatSocket {
  private static final int PAGE = 200;
  private static final int FIRST_LOOK = 50;
  private static final int NEWEST = 20;
  private static final int MAX_SHOWN = 1000;

  private final BrowserSocket socket;
  private final Pass pass;
  private final Identity identity;
  private final Transcript transcript;
  private final WebchatOutbound frames;

  private final ReentrantLock lock = new ReentrantLock();
  private final Set<String> shown = new LinkedHashSet<>();
  private long position;
  private boolean started;

  ChatSocket(
      BrowserSocket socket,
      Pass pass,
      Identity identity,
      Transcript transcript,
      WebchatOutbound frames) {
    this.socket = socket;
    this.pass = pass;
    this.identity = identity;
    this.transcript = transcript;
    this.frames = frames;
  }

  String id() {
    return socket.id();
  }

  BrowserSocket browser() {
    return socket;
  }

  Visitor visitor() {
    return pass.visitor();
  }

  Identity identity() {
    return identity;
  }

  boolean validAt(Instant now) {
    return pass.validAt(now);
  }

  boolean send(String frame) {
    return socket.send(frame);
  }

  void close(int code, String reason) {
    socket.close(code, reason);
  }

  /** Says that it is ready and shows what was said after a position, or lately. */
  void start(OptionalLong after) {
    lock.lock();
    try {
      send(WebchatOutbound.ready(visitor()));
      position = after.orElse(0);
      if (after.isEmpty()) {
        transcript.newest(identity, FIRST_LOOK).forEach(this::show);
      } else {
        catchUp();
      }
      started = true;
    } finally {
      lock.unlock();
    }
  }

  /** Shows a message that the hub has just sent, after everything that lies before it. */
  void push(OutboundMessage message, Instant now) {
    lock.lock();
    try {
      // Before the start it is in the transcript already, and the start shows it.
      if (!started || catchUp(message) || shown.contains(message.id())) {
        return;
      }
      List<Transcript.Entry> newest = transcript.newest(identity, NEWEST);
      String frame =
          newest.stream()
              .filter(entry -> entry.message().id().equals(message.id()))
              .findFirst()
              .map(entry -> frames.entry(entry, message.parts(), visitor()))
              .orElseGet(() -> frames.placeless(message, visitor(), now));
      remember(message.id());
      send(frame);
    } finally {
      lock.unlock();
    }
  }

  /** Whether this message of the hub was shown here. */
  boolean hasShown(String messageId) {
    lock.lock();
    try {
      return shown.contains(messageId);
    } finally {
      lock.unlock();
    }
  }

  private void catchUp() {
    List<Transcript.Entry> page;
    do {
      page = transcript.after(identity, position, PAGE);
    } while (page.stream().allMatch(this::show) && page.size() == PAGE);
  }

  /** Whether the message was among what was still to be shown. */
  private boolean catchUp(OutboundMessage message) {
    boolean found = false;
    List<Transcript.Entry> page;
    do {
      page = transcript.after(identity, position, PAGE);
      for (Transcript.Entry entry : page) {
        boolean wanted = entry.message().id().equals(message.id());
        found |= wanted;
        show(entry, wanted ? message.parts() : entry.message().parts());
      }
    } while (page.size() == PAGE);
    return found;
  }

  private boolean show(Transcript.Entry entry) {
    return show(entry, entry.message().parts());
  }

  private boolean show(Transcript.Entry entry, List<Part> parts) {
    position = entry.position();
    Message message = entry.message();
    if (message.direction() == Message.Direction.NOTE) {
      return true;
    }
    if (message.direction() == Message.Direction.OUTBOUND) {
      remember(message.id());
    }
    return send(frames.entry(entry, parts, visitor()));
  }

  private void remember(String messageId) {
    shown.add(messageId);
    if (shown.size() > MAX_SHOWN) {
      shown.remove(shown.iterator().next());
    }
  }
}
