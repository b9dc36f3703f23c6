package io.omnihub.channel.smpp.pdu;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Takes the fields of a body one after the other. */
public final class BodyReader {
  private final byte[] body;
  private int at;

  public BodyReader(byte[] body) {
    this.body = body;
  }

  public int octet() throws MalformedPduException {
    return octets(1)[0] & 0xff;
  }

  public byte[] octets(int count) throws MalformedPduException {
    if (count > body.length - at) {
      throw new MalformedPduException("ends in the middle of a field");
    }
    at += count;
    return Arrays.copyOfRange(body, at - count, at);
  }

  /** Up to a NUL, or to the end where a peer leaves it out. */
  public String text() {
    int end = at;
    while (end < body.length && body[end] != 0) {
      end++;
    }
    String text = new String(body, at, end - at, StandardCharsets.ISO_8859_1);
    at = Math.min(end + 1, body.length);
    return text;
  }

  public Address address() throws MalformedPduException {
    int ton = octet();
    int npi = octet();
    return new Address(ton, npi, text());
  }

  /** What is left as optional parameters by tag; a last one that is cut off is left out. */
  public Map<Integer, byte[]> parameters() throws MalformedPduException {
    Map<Integer, byte[]> parameters = new LinkedHashMap<>();
    while (body.length - at >= 4) {
      int tag = octet() << 8 | octet();
      int length = octet() << 8 | octet();
      if (length > body.length - at) {
        break;
      }
      parameters.put(tag, octets(length));
    }
    return parameters;
  }
}
