/**
 * What a connector's author tests with, and what the demo shows: a harness that runs a connector's
 * routes without a hub, and simulators of providers. Never part of a hub that serves customers.
 */
package io.omnihub.testkit;
