package io.omnihub.dist.faults;

/**
 * Somebody who writes to the hub.
 *
 * @param identity as the API writes it, for example {@code telegram:1001}
 */
record Person(String identity) {}
