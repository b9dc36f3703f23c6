/**
 * The REST API: one class a resource, each a table of calls. Reads and writes through the rooms
 * below; holds no state.
 */
package io.omnihub.core.http.api;
