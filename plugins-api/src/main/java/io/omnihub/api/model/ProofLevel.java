package io.omnihub.api.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How well it is known that an identity belongs to a person; the order is from weak to strong. */
public enum ProofLevel {
  /** Typed into a form, or an unauthenticated {@code From} of a mail. Never links by itself. */
  @JsonProperty("claimed")
  CLAIMED,
  /**
   * The channel vouches for it: the sender of an SMS, a contact that the Telegram user shared of
   * himself.
   */
  @JsonProperty("asserted")
  ASSERTED,
  /** A partner's signed webhook or a signed widget visitor says so. */
  @JsonProperty("signed")
  SIGNED,
  /** The person answered a one-time code or link. */
  @JsonProperty("proven")
  PROVEN
}
