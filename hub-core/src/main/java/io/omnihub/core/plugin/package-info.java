/**
 * Plugins: loading each in its own class loader, running each in its own Camel context, and the
 * {@code hub:} endpoints by which the hub and their routes call each other. Knows what accounts
 * there are and what they can do; decides nothing about messages.
 */
package io.omnihub.core.plugin;
