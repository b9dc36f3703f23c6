/**
 * What a plugin author implements: one class that says what the plugin is, what settings it takes
 * and what it can do, and that makes the Camel routes of an account. What a connector may ask of
 * the hub is an {@link io.omnihub.api.connector.Account}. Nothing here knows a store, a queue or a
 * retry: those are the hub's.
 */
package io.omnihub.api.connector;
