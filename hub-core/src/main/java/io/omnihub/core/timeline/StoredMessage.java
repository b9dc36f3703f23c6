package io.omnihub.core.timeline;

import io.omnihub.api.model.Message;

/**
 * A message as it is stored.
 *
 * @param position its place among all messages; grows from message to message of a conversation
 * @param identityId the identity that it came from or goes to, empty for notes
 * @param address where it came from or goes to
 * @param piecesSent how many pieces of an outbound message its provider has taken
 */
public record StoredMessage(
    long position, String identityId, String address, int piecesSent, Message message) {}
