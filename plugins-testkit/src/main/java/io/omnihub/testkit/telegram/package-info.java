/**
 * A Telegram that runs on loopback: the Bot API toward the hub, and the customers' side toward a
 * test or the demo. It refuses what the real API refuses; it keeps everything in memory and forgets
 * it with the process.
 */
package io.omnihub.testkit.telegram;
