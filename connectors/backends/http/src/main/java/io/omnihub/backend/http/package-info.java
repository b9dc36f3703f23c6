/**
 * Bots that speak the hub's own bot protocol over HTTP: a signed turn out, a list of actions back.
 * It maps and checks; it remembers nothing, never repeats a turn that may have been taken on a
 * connection of its own, and never carries out a part of an answer. Retries and patience are the
 * hub's.
 */
package io.omnihub.backend.http;
