package io.omnihub.channel.webchat;

import io.omnihub.api.connector.BrowserSocket;
import io.omnihub.api.model.Identity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The sockets that are open at this hub, before and after they have said who they are. */
final class OpenSockets {
  static final int UNKNOWN_VISITOR = 4401;
  static final int TOO_MANY = 4429;
  static final int RESTART = 1012;

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int MAX_OF_ONE_VISITOR = 20;

  private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();
  private final Map<String, ChatSocket> known = new ConcurrentHashMap<>();
  private final Map<Identity, Set<ChatSocket>> byVisitor = new ConcurrentHashMap<>();

  void opened(BrowserSocket socket, Instant now) {
    waiting.put(socket.id(), new Waiting(socket, now));
  }

  boolean isWaiting(BrowserSocket socket) {
    return waiting.containsKey(socket.id());
  }

  Optional<ChatSocket> known(BrowserSocket socket) {
    return Optional.ofNullable(known.get(socket.id()));
  }

  /** A socket has said who it is; false, and closed, when its visitor has too many. */
  boolean join(ChatSocket socket) {
    waiting.remove(socket.id());
    if (of(socket.identity()).size() >= MAX_OF_ONE_VISITOR) {
      socket.close(TOO_MANY, "too many sockets");
      return false;
    }
    known.put(socket.id(), socket);
    byVisitor.compute(
        socket.identity(),
        (visitor, sockets) -> {
          Set<ChatSocket> all = sockets == null ? ConcurrentHashMap.newKeySet() : sockets;
          all.add(socket);
          return all;
        });
    return true;
  }

  /** All sockets of a visitor. */
  List<ChatSocket> of(Identity visitor) {
    return List.copyOf(byVisitor.getOrDefault(visitor, Set.of()));
  }

  void gone(String socketId) {
    waiting.remove(socketId);
    ChatSocket socket = known.remove(socketId);
    if (socket != null) {
      byVisitor.computeIfPresent(
          socket.identity(),
          (visitor, sockets) -> {
            sockets.remove(socket);
            return sockets.isEmpty() ? null : sockets;
          });
    }
  }

  /** Closes those that never said who they are, and those whose token has expired. */
  void sweep(Instant now) {
    for (Waiting socket : List.copyOf(waiting.values())) {
      expire(socket.socket, now);
    }
    for (ChatSocket socket : List.copyOf(known.values())) {
      expire(socket.browser(), now);
    }
  }

  /** The same for one socket; true when it was closed. */
  boolean expire(BrowserSocket socket, Instant now) {
    Waiting stranger = waiting.get(socket.id());
    if (stranger != null && !now.isBefore(stranger.since.plus(PATIENCE))) {
      reject(socket, "no hello came");
      return true;
    }
    if (known(socket).filter(visitor -> !visitor.validAt(now)).isPresent()) {
      reject(socket, "the session has ended");
      return true;
    }
    return false;
  }

  /** Closes a socket of which nobody knows, or knows any more, whose it is. */
  void reject(BrowserSocket socket, String reason) {
    gone(socket.id());
    socket.close(UNKNOWN_VISITOR, reason);
  }

  /** Sends everybody away; they come back when the account runs again. */
  void closeAll() {
    waiting.values().forEach(socket -> socket.socket.close(RESTART, "restart"));
    known.values().forEach(socket -> socket.close(RESTART, "restart"));
    waiting.clear();
    known.clear();
    byVisitor.clear();
  }

  private record Waiting(BrowserSocket socket, Instant since) {}
}
