/**
 * Signed webhooks to whoever subscribes to events: who subscribes, what is in line for them, and a
 * log of each attempt. Puts notifications into the outbox in the transaction of the change that
 * they tell of, and runs them. Never changes anything of a conversation.
 */
package io.omnihub.core.subscription;
