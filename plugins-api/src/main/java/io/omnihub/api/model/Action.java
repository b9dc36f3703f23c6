package io.omnihub.api.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What a backend or an agent wants done with a conversation. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Action.Reply.class, name = "reply"),
  @JsonSubTypes.Type(value = Action.Note.class, name = "note"),
  @JsonSubTypes.Type(value = Action.Handoff.class, name = "handoff"),
  @JsonSubTypes.Type(value = Action.Close.class, name = "close"),
  @JsonSubTypes.Type(value = Action.Assign.class, name = "assign"),
  @JsonSubTypes.Type(value = Action.Tag.class, name = "tag"),
  @JsonSubTypes.Type(value = Action.SetAttributes.class, name = "set"),
  @JsonSubTypes.Type(value = Action.Typing.class, name = "typing"),
  @JsonSubTypes.Type(value = Action.Verify.class, name = "verify"),
})
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public sealed interface Action {

  /**
   * Say something to the customer; {@code account} picks another leg than that of the last message.
   */
  record Reply(List<Part> parts, String account) implements Action {
    public Reply {
      if (parts == null || parts.isEmpty()) {
        throw new IllegalArgumentException("a reply needs at least one part");
      }
      parts = List.copyOf(parts);
      account = account == null ? "" : account;
    }

    public static Reply text(String text) {
      return new Reply(List.of(Part.Text.plain(text)), "");
    }
  }

  /** Words for agents only. */
  record Note(String text) implements Action {
    public Note {
      if (text == null || text.isBlank()) {
        throw new IllegalArgumentException("a note needs a text");
      }
    }
  }

  /** Give control away: to a named backend or queue, or to the next of the chain. */
  record Handoff(String to, String reason, String summary) implements Action {
    public Handoff {
      to = to == null ? "" : to;
      reason = reason == null ? "" : reason;
      summary = summary == null ? "" : summary;
    }
  }

  /** Nothing more to do. */
  record Close(String reason) implements Action {
    public Close {
      reason = reason == null ? "" : reason;
    }
  }

  /** Give control to an agent. */
  record Assign(String agent) implements Action {
    public Assign {
      if (agent == null || agent.isBlank()) {
        throw new IllegalArgumentException("assign needs an agent");
      }
    }
  }

  /** Mark the conversation. */
  record Tag(List<String> add, List<String> remove) implements Action {
    public Tag {
      add = add == null ? List.of() : List.copyOf(add);
      remove = remove == null ? List.of() : List.copyOf(remove);
    }
  }

  /**
   * Remember something about the conversation or the person; a null value removes the attribute.
   */
  record SetAttributes(Map<String, Object> conversation, Map<String, Object> contact)
      implements Action {
    public SetAttributes {
      conversation = conversation == null ? Map.of() : conversation;
      contact = contact == null ? Map.of() : contact;
    }
  }

  /** Show that somebody is writing. */
  record Typing(@JsonProperty("for") Duration duration) implements Action {
    public Typing {
      duration = duration == null ? Duration.ofSeconds(5) : duration;
    }
  }

  /** Start a proof that the person owns an identity. */
  record Verify(Identity identity) implements Action {
    public Verify {
      if (identity == null) {
        throw new IllegalArgumentException("verify needs an identity");
      }
    }
  }
}
