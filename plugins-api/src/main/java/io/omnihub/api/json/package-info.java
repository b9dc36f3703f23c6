/**
 * The one JSON form of the model, shared by the hub, its API and the plugins. Knows no transport.
 */
package io.omnihub.api.json;
