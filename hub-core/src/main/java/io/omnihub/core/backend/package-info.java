/**
 * Asks backends: runs turns of the outbox through the plugins' routes and reports what came back as
 * a fact. Decides nothing.
 */
package io.omnihub.core.backend;
