package io.omnihub.channel.smpp.pdu;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Puts the fields of a body together. */
public final class BodyWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  public BodyWriter octet(int value) {
    out.write(value);
    return this;
  }

  public BodyWriter octets(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  /** Ended by a NUL. */
  public BodyWriter text(String text) {
    return octets(text.getBytes(StandardCharsets.ISO_8859_1)).octet(0);
  }

  public BodyWriter address(Address address) {
    return octet(address.ton()).octet(address.npi()).text(address.value());
  }

  public BodyWriter parameter(int tag, byte[] value) {
    octet(tag >> 8).octet(tag).octet(value.length >> 8).octet(value.length);
    return octets(value);
  }

  public byte[] body() {
    return out.toByteArray();
  }
}
