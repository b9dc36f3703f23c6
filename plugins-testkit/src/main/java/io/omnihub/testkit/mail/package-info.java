/**
 * A mail provider on loopback: mailboxes behind SMTP and IMAP, with and without TLS, customers who
 * write and answer, bounces, and connections that break when a test asks for it. Sends nothing to
 * any other host.
 */
package io.omnihub.testkit.mail;
