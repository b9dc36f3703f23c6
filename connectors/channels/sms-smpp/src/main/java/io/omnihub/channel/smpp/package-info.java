/**
 * SMS over SMPP 3.4: one account is one ESME, bound as a transceiver or as a pair. Messages and
 * receipts of the message centre are acknowledged only once the hub, or for a part of a longer
 * message the account's state, has them. The session is our own, see {@code
 * docs/adr/0009-own-smpp-session.md}; the package never retries a send and never writes what
 * somebody wrote into a log.
 */
package io.omnihub.channel.smpp;
