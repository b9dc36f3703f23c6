package io.omnihub.api.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;

/** What became of one request to a provider. Every connector answers with exactly one of these. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "outcome")
@JsonSubTypes({
  @JsonSubTypes.Type(value = SendOutcome.Accepted.class, name = "accepted"),
  @JsonSubTypes.Type(value = SendOutcome.Refused.class, name = "refused"),
  @JsonSubTypes.Type(value = SendOutcome.NotSent.class, name = "not-sent"),
  @JsonSubTypes.Type(value = SendOutcome.Throttled.class, name = "throttled"),
  @JsonSubTypes.Type(value = SendOutcome.Unknown.class, name = "unknown"),
})
public sealed interface SendOutcome {

  /** The provider took it; it may have made several messages of it, or name none. */
  record Accepted(List<String> providerIds) implements SendOutcome {
    public Accepted {
      providerIds = List.copyOf(providerIds);
    }

    public static Accepted as(String... providerIds) {
      return new Accepted(List.of(providerIds));
    }
  }

  /** The provider will never take it; it is not sent again. */
  record Refused(Failure failure) implements SendOutcome {}

  /** It is certain that nothing was sent; it is safe to try again. */
  record NotSent(Failure failure) implements SendOutcome {}

  /** Nothing was sent, and the provider wants no attempt before the given time. */
  record Throttled(Instant until) implements SendOutcome {}

  /** The request was written and the answer never came: it may or may not have been sent. */
  record Unknown(Failure failure) implements SendOutcome {}
}
