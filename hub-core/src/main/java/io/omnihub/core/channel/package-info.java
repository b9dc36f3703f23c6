/**
 * Sends to customers: fits each message to its channel, runs sends of the outbox through the
 * plugins' routes and reports what came back as a fact. Decides nothing.
 */
package io.omnihub.core.channel;
