/**
 * WhatsApp business numbers over the Cloud API. Turns webhooks into events and messages into
 * requests to the Graph API; keeps nothing but the states of templates and how far a message in
 * several requests has come, both in the account's state. Never puts a secret, a phone number or
 * what people write into a log or a failure.
 */
package io.omnihub.channel.whatsapp;
