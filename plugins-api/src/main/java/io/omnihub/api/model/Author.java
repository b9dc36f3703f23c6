package io.omnihub.api.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Who wrote a message.
 *
 * @param id contact, backend or user id, by kind
 * @param name what to show, may be empty
 */
public record Author(Kind kind, String id, String name) {
  public Author {
    id = id == null ? "" : id;
    name = name == null ? "" : name;
  }

  /** The kinds of author. */
  public enum Kind {
    @JsonProperty("contact")
    CONTACT,
    @JsonProperty("bot")
    BOT,
    @JsonProperty("agent")
    AGENT,
    @JsonProperty("system")
    SYSTEM
  }
}
