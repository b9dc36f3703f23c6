package io.omnihub.api.connector;

/**
 * Connects one kind of bot or desk. Its route consumes {@code hub:turns/BACKEND}: a {@link
 * io.omnihub.api.model.Turn} in, a {@link io.omnihub.api.model.TurnResult} out. Turns of one
 * conversation come one at a time, in order.
 */
public non-sealed interface BackendConnector extends Connector {}
