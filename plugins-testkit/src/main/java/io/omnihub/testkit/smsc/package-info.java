/**
 * A message centre (SMSC) that runs on loopback: SMPP 3.4 toward the hub, on the server side of
 * jsmpp, and the phones' side toward a test. It keeps everything in memory and forgets it with the
 * process.
 */
package io.omnihub.testkit.smsc;
