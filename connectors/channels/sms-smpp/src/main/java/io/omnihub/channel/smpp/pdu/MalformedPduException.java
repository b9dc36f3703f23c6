package io.omnihub.channel.smpp.pdu;

/** Bytes that are no PDU, or not one of the kind they say. */
public final class MalformedPduException extends Exception {
  public MalformedPduException(String message) {
    super(message);
  }
}
