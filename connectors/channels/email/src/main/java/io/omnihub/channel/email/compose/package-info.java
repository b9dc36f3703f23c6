/**
 * Writes a message of the hub as a mail: headers of its thread, words as text and as HTML, files as
 * attachments. Reads nothing but the hub's attachments, and sends nothing.
 */
package io.omnihub.channel.email.compose;
