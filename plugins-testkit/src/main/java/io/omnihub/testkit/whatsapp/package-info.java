/**
 * A WhatsApp Business Platform that runs on loopback: the Graph API toward the hub, and the
 * customers' side toward a test or the demo. It refuses what the real one refuses and redelivers as
 * the real one does, by the clock it is given; it keeps everything in memory and forgets it with
 * the process.
 */
package io.omnihub.testkit.whatsapp;
