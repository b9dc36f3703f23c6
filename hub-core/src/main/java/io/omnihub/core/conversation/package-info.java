/**
 * The engine: reads facts in order and decides. Which conversation a message belongs to, who may
 * speak, what a backend is asked, what is sent, what a receipt changes. Writes state and intentions
 * in one transaction; never calls a plugin.
 */
package io.omnihub.core.conversation;
