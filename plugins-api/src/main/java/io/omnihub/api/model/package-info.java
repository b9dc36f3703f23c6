/**
 * The conversation model that every channel and backend shares: identities, messages and their
 * parts, inbound events, send outcomes, turns and actions. Immutable values only; nothing here
 * reads, writes or knows a provider. The JSON form of each type is the one that the hub shows to
 * the outside.
 */
package io.omnihub.api.model;
