/**
 * A partner of the hub as one should be built: signs what it sends and sends it again until it is
 * taken, checks what it gets and takes a repetition once. It remembers in memory and talks to
 * nothing but the hub it is told.
 */
package io.omnihub.testkit.partner;
