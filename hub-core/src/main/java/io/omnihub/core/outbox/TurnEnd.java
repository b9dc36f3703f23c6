package io.omnihub.core.outbox;

import io.omnihub.api.model.TurnResult;
import java.time.Instant;

/**
 * A backend answered a turn, or did not.
 *
 * @param beganAt when it was asked
 * @param isLast whether it is not to be asked again, should it have failed
 */
public record TurnEnd(OutboxEntry entry, Instant beganAt, TurnResult result, boolean isLast) {}
