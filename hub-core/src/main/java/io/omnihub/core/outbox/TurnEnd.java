package io.omnihub.core.outbox;

import io.omnihub.api.model.TurnResult;
import java.time.Instant;

/**
 * A backend answered a turn, or did not.
 *
 * @param beganAt when it was asked
 */
public record TurnEnd(OutboxEntry entry, Instant beganAt, TurnResult result) {}
