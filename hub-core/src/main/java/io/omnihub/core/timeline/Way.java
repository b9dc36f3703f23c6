package io.omnihub.core.timeline;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;

/**
 * The way of a message through the hub.
 *
 * @param stages what it has passed, in order of time
 */
public record Way(String messageId, List<Stage> stages) {
  public Way {
    stages = List.copyOf(stages);
  }

  /**
   * What a message has passed.
   *
   * @param messageId the answer that passed it, null when it is the message itself or its turn
   */
  public record Stage(
      String stage, Instant at, @JsonInclude(JsonInclude.Include.NON_NULL) String messageId) {}
}
