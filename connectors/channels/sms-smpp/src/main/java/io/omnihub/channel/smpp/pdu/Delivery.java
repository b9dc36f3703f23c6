package io.omnihub.channel.smpp.pdu;

import java.math.BigInteger;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A {@code deliver_sm}, or the {@code data_sm} that some message centres send in its place.
 *
 * @param parameters optional parameters by tag
 */
public record Delivery(
    Address source,
    Address destination,
    int esmClass,
    int dataCoding,
    byte[] shortMessage,
    Map<Integer, byte[]> parameters) {
  private static final int HAS_HEADER = 0x40;
  private static final int TYPE = 0x3C;

  /**
   * Reads the body of a deliver_sm or data_sm.
   *
   * @throws MalformedPduException when mandatory fields are missing
   */
  public static Delivery parse(Pdu pdu) throws MalformedPduException {
    BodyReader body = new BodyReader(pdu.body());
    body.text();
    Address source = body.address();
    Address destination = body.address();
    int esmClass = body.octet();
    if (pdu.command() == Pdu.DATA_SM) {
      body.octet();
      int dataCoding = body.octet();
      return new Delivery(
          source, destination, esmClass, dataCoding, new byte[0], body.parameters());
    }
    body.octets(2);
    body.text();
    body.text();
    body.octets(2);
    int dataCoding = body.octet();
    body.octet();
    byte[] shortMessage = body.octets(body.octet());
    return new Delivery(source, destination, esmClass, dataCoding, shortMessage, body.parameters());
  }

  /** What was written, with its header if there is one; message_payload counts when it is there. */
  public byte[] content() {
    byte[] payload = parameters.get(Tag.MESSAGE_PAYLOAD);
    return payload == null || shortMessage.length > 0 ? shortMessage : payload;
  }

  /** Whether the content begins with a user data header. */
  public boolean hasHeader() {
    return (esmClass & HAS_HEADER) != 0;
  }

  public Type type() {
    return switch (esmClass & TYPE) {
      case 0x04 -> Type.RECEIPT;
      case 0x08, 0x10 -> Type.ACKNOWLEDGEMENT;
      case 0x20 -> Type.NOTIFICATION;
      default -> Type.MESSAGE;
    };
  }

  /** An optional parameter that holds a number. */
  public OptionalInt number(int tag) {
    byte[] value = parameters.get(tag);
    return value == null || value.length == 0 || value.length > 3
        ? OptionalInt.empty()
        : OptionalInt.of(new BigInteger(1, value).intValue());
  }

  /** What a delivery is about (SMPP 3.4, section 5.2.12). */
  public enum Type {
    MESSAGE,
    /** What became of a message that was sent. */
    RECEIPT,
    /** The recipient's device or application tells that it has the message. */
    ACKNOWLEDGEMENT,
    /** How far a message is that is still under way. */
    NOTIFICATION
  }
}
