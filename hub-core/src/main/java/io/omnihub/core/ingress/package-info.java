/**
 * The only way in: takes what connectors bring, refuses what is out of bounds, shows what is not
 * kept, and has the journal keep the rest. Decides nothing about conversations.
 */
package io.omnihub.core.ingress;
