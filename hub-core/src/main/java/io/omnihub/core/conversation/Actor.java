package io.omnihub.core.conversation;

import io.omnihub.api.model.Author;

/** Who wants something done. */
public record Actor(Author.Kind kind, String id, String name) {
  /** The hub itself. */
  public static final Actor HUB = new Actor(Author.Kind.SYSTEM, "hub", "");

  public static Actor bot(String backend) {
    return new Actor(Author.Kind.BOT, backend, "");
  }

  public static Actor agent(String name) {
    return new Actor(Author.Kind.AGENT, name, name);
  }

  Author author() {
    return new Author(kind, id, name);
  }

  /** As the audit writes it. */
  @Override
  public String toString() {
    return kind.name().toLowerCase(java.util.Locale.ROOT) + ":" + id;
  }
}
