/**
 * Text as short messages carry it: GSM 03.38 with its extension and national tables, UCS-2 and the
 * other alphabets of data_coding, user data headers, and the cutting into segments. Pure functions;
 * nothing here knows a connection or the hub.
 */
package io.omnihub.channel.smpp.text;
