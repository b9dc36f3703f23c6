/**
 * Runs one connector's routes in a real Camel context against a hub that lives in memory. It keeps
 * what comes in, and calls the routes as the hub would; it has no retries, no store and no
 * conversation.
 */
package io.omnihub.testkit.harness;
