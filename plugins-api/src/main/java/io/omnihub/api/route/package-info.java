/**
 * The Camel component {@code hub:}, by which a plugin's routes and the hub meet. It turns endpoints
 * into calls of a {@link io.omnihub.api.route.HubGateway}, which the hub implements durably and the
 * test kit in memory; it keeps nothing itself.
 */
package io.omnihub.api.route;
