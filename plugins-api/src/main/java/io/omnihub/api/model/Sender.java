package io.omnihub.api.model;

import java.util.List;

/**
 * Who wrote, as the channel tells it.
 *
 * @param identity the channel's own id of the sender; messages belong to it
 * @param name display name, empty when unknown
 * @param language BCP 47 tag, empty when unknown
 * @param claims further identities of the same person
 */
public record Sender(Identity identity, String name, String language, List<Claim> claims) {
  public Sender {
    name = name == null ? "" : name;
    language = language == null ? "" : language;
    claims = List.copyOf(claims);
  }

  /** A sender of whom nothing but the identity is known. */
  public static Sender of(Identity identity) {
    return new Sender(identity, "", "", List.of());
  }

  public static Sender of(Identity identity, String name) {
    return new Sender(identity, name, "", List.of());
  }
}
