/**
 * What all simulated providers share: a small HTTP server on loopback and mischief, seeded or asked
 * for, with which it answers. Listens on loopback only and calls nothing but the hub it is told.
 */
package io.omnihub.testkit.simulator;
