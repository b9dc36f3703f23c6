/**
 * Reads mail: from raw bytes to events of the hub, and nothing else.
 *
 * <p>Reads bytes and writes attachments to the {@code MediaStore}. It never opens a connection,
 * never keeps state and never trusts what a mail says about itself. Mail is parsed here over bytes,
 * because Jakarta Mail loses bytes of mail that lies about its encoding unless the whole JVM is set
 * up for it.
 */
package io.omnihub.channel.email.mime;
