package io.omnihub.api.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** One person, as the API, bots and partners see it. */
public record Contact(
    String id,
    String name,
    String language,
    List<KnownIdentity> identities,
    Map<String, Object> attributes,
    List<String> mergedFrom) {

  public Contact {
    identities = List.copyOf(identities);
    attributes = Map.copyOf(attributes);
    mergedFrom = List.copyOf(mergedFrom);
  }

  /**
   * An identity of the person.
   *
   * @param value with its scope: {@code PAGE/PSID}
   * @param verified how well it is known to be this person's
   * @param account where it was first seen
   * @param source how it came to this person: {@code sender}, {@code claim}, {@code api}
   */
  public record KnownIdentity(
      String scheme,
      String value,
      ProofLevel verified,
      String account,
      String source,
      Instant since) {}
}
