/**
 * Intentions: turns to ask, messages to send and notifications, durable until they are done. Runs
 * the oldest entry of each lane when it is due and the gate of its target lets it begin; what
 * running means is the business of the rooms that register for a kind. Never talks to a plugin.
 */
package io.omnihub.core.outbox;
