/**
 * Telegram bots, by webhook or long polling. Turns updates into events and messages into Bot API
 * requests; keeps nothing but the poller's offset and how far a message in several pieces has come,
 * both in the account's state. Never puts the token, an address that holds it, or what people write
 * into a log or a failure.
 */
package io.omnihub.channel.telegram;
