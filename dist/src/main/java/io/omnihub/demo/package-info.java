/**
 * {@code omnihub demo}: a hub with nothing to configure, simulators of providers around it, and a
 * page that plays the customers. Listens and talks on loopback only; never needs an account
 * anywhere.
 */
package io.omnihub.demo;
