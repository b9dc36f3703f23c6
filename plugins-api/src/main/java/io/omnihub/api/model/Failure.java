package io.omnihub.api.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Why something could not be done.
 *
 * @param code the machine-readable reason
 * @param detail one sentence for a person, without secrets and without message text
 */
public record Failure(Code code, String detail) {
  public Failure {
    detail = detail == null ? "" : detail;
  }

  public static Failure of(Code code, String detail) {
    return new Failure(code, detail);
  }

  /** Who has to act so that it works the next time. */
  public enum Actor {
    USER,
    CONFIGURATION,
    PROVIDER,
    LIMIT,
    HUB
  }

  /** The closed set of reasons, for all channels and backends alike. */
  public enum Code {
    /** The recipient has blocked the account, left the chat or opted out. */
    @JsonProperty("recipient-blocked")
    RECIPIENT_BLOCKED(Actor.USER),
    /** There is no such address, number or chat. */
    @JsonProperty("recipient-invalid")
    RECIPIENT_INVALID(Actor.USER),
    /** The provider refuses what the message holds. */
    @JsonProperty("content-rejected")
    CONTENT_REJECTED(Actor.USER),
    /**
     * The provider's window for free messages is closed; a template or another channel is needed.
     */
    @JsonProperty("window-closed")
    WINDOW_CLOSED(Actor.USER),
    /** The provider does not accept the account's credentials. */
    @JsonProperty("auth")
    AUTH(Actor.CONFIGURATION),
    /** The account is set up wrongly. */
    @JsonProperty("config")
    CONFIG(Actor.CONFIGURATION),
    /** Too much at once; it is safe to try later. */
    @JsonProperty("rate-limited")
    RATE_LIMITED(Actor.LIMIT),
    /** A passing fault of the provider or the way to it. */
    @JsonProperty("transient")
    TRANSIENT(Actor.PROVIDER),
    /** The request was written, the answer never came. */
    @JsonProperty("unknown-outcome")
    UNKNOWN_OUTCOME(Actor.PROVIDER),
    /** An answer that does not follow the protocol. */
    @JsonProperty("protocol")
    PROTOCOL(Actor.PROVIDER),
    /** No answer within the time allowed. */
    @JsonProperty("timeout")
    TIMEOUT(Actor.PROVIDER),
    /** A fault of the hub or of the plugin. */
    @JsonProperty("internal")
    INTERNAL(Actor.HUB);

    private final Actor actor;

    Code(Actor actor) {
      this.actor = actor;
    }

    /** Who has to act. */
    public Actor actor() {
      return actor;
    }
  }
}
