package io.omnihub.dist.faults;

/**
 * Something that a person wrote.
 *
 * @param word names the message; no other message of any person has it
 * @param version 0 for the message itself, then its edits
 */
record Said(Person who, String word, int version, Ack ack) {

  /** What the hub said of it. */
  enum Ack {
    /** It said yes: from then on the message is the hub's business. */
    TAKEN,
    /** It said no, for good. */
    REFUSED,
    /** It never said anything; both is right. */
    UNKNOWN
  }
}
