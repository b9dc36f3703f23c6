/**
 * E-mail: reads a mailbox over IMAP, sends over SMTP. Reads nothing but one folder and never marks,
 * moves or deletes in it; keeps its place there in the account's state. What a mail means is the
 * business of {@link io.omnihub.channel.email.mime}, how one is written that of {@link
 * io.omnihub.channel.email.compose}.
 */
package io.omnihub.channel.email;
