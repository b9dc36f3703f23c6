package io.omnihub.channel.webhook;

/** A field of an event is wrong; ends the reading of it. */
final class MalformedField extends RuntimeException {
  private final String field;

  MalformedField(String field, String problem) {
    super(problem, null, false, false);
    this.field = field;
  }

  /** The keys that lead to it, joined with dots. */
  String field() {
    return field;
  }
}
