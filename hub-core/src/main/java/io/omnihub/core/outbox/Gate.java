package io.omnihub.core.outbox;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/**
 * How many entries of one backend or account run at a time; lanes that find it full wait in line. A
 * slow target so fills its own gate and nothing else. Guarded by the dispatcher's lock.
 */
final class Gate {
  private final Queue<Lane> line = new ArrayDeque<>();
  private int room;

  Gate(int room) {
    this.room = room;
  }

  /** Takes a place, if there is one and nobody waits for it. */
  boolean enter() {
    if (room == 0) {
      return false;
    }
    room--;
    return true;
  }

  void waitInLine(Lane lane) {
    line.add(lane);
  }

  /** Gives a place back; answers the lane that takes it over. */
  Optional<Lane> leave() {
    Lane next = line.poll();
    if (next == null) {
      room++;
    }
    return Optional.ofNullable(next);
  }
}
