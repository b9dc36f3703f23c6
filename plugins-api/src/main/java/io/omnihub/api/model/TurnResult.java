package io.omnihub.api.model;

import java.util.List;

/** What a backend did with a turn. */
public sealed interface TurnResult {

  /** It answered; the actions are carried out in order, all or none. */
  record Answered(List<Action> actions) implements TurnResult {
    public Answered {
      actions = List.copyOf(actions);
    }
  }

  /** It took the turn and will post its actions later. */
  record Deferred() implements TurnResult {}

  /**
   * It did not take the turn; the hub tries again within the backend's patience, then the next one
   * takes over.
   */
  record Failed(Failure failure) implements TurnResult {}
}
