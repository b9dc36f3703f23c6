/**
 * Protocol data units of SMPP 3.4 as bytes and as values, as far as an ESME needs them. Pure: it
 * reads and writes no socket but through the streams it is given, and is lenient in what it reads,
 * because a message that is refused for an overlong field is a message lost.
 */
package io.omnihub.channel.smpp.pdu;
