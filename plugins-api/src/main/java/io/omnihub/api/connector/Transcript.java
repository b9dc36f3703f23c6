package io.omnihub.api.connector;

import io.omnihub.api.model.Identity;
import io.omnihub.api.model.Message;
import java.util.List;

/**
 * What was said between the hub and one sender on this account: for channels whose peer keeps no
 * history of its own.
 */
public interface Transcript {

  /**
   * Messages after a position, oldest first, without notes.
   *
   * @param position 0 for the beginning
   * @param limit at most this many, 1 to 200
   */
  List<Entry> after(Identity sender, long position, int limit);

  /** The newest messages, oldest of them first, without notes. */
  List<Entry> newest(Identity sender, int limit);

  /**
   * A message and its place.
   *
   * @param position grows from message to message of one sender; never reused
   */
  record Entry(long position, Message message) {}
}
