package io.omnihub.core.conversation;

import io.omnihub.core.timeline.Legs;
import java.time.Duration;

/** Shows the customer that somebody is writing; must not block. */
public interface TypingSink {
  void show(Legs.Leg leg, Duration duration);
}
