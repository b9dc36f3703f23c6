package io.omnihub.testkit.mail;

/**
 * What a {@link Gate} does with the lines of one connection. Lines come with their end. Called by
 * two threads of the connection, one for each direction.
 */
interface Talk {

  /** A line of the client. */
  Reaction fromClient(String line);

  /** A line of the server. */
  Reaction fromServer(String line);

  /** What becomes of a line. */
  sealed interface Reaction {
    /** It goes on, perhaps changed, with its end. */
    record Pass(String line) implements Reaction {}

    /** It does not go on; the client gets this line, without its end, instead. */
    record Answer(String line) implements Reaction {}

    /** The client gets this line, and then speaks TLS. */
    record Upgrade(String line) implements Reaction {}

    /** The connection breaks. */
    record Cut() implements Reaction {}
  }
}
