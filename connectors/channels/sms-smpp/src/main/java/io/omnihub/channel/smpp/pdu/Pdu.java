package io.omnihub.channel.smpp.pdu;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * One protocol data unit.
 *
 * @param status {@code command_status}, 0 in requests
 * @param body what follows the header of 16 bytes
 */
public record Pdu(int command, int status, int sequence, byte[] body) {
  public static final int HEADER = 16;

  public static final int GENERIC_NACK = 0x80000000;
  public static final int BIND_RECEIVER = 0x01;
  public static final int BIND_TRANSMITTER = 0x02;
  public static final int SUBMIT_SM = 0x04;
  public static final int DELIVER_SM = 0x05;
  public static final int UNBIND = 0x06;
  public static final int BIND_TRANSCEIVER = 0x09;
  public static final int ENQUIRE_LINK = 0x15;
  public static final int ALERT_NOTIFICATION = 0x102;
  public static final int DATA_SM = 0x103;

  private static final int RESPONSE = 0x80000000;

  public static Pdu request(int command, int sequence, byte[] body) {
    return new Pdu(command, 0, sequence, body);
  }

  public boolean isResponse() {
    return (command & RESPONSE) != 0;
  }

  /** The answer to this request; deliver_sm_resp and data_sm_resp carry an empty message_id. */
  public Pdu answer(int answerStatus) {
    boolean withId = command == DELIVER_SM || command == DATA_SM;
    return new Pdu(command | RESPONSE, answerStatus, sequence, new byte[withId ? 1 : 0]);
  }

  /** The answer to something that cannot be answered otherwise. */
  public Pdu nack(int nackStatus) {
    return new Pdu(GENERIC_NACK, nackStatus, sequence, new byte[0]);
  }

  /** As it goes over the wire. */
  public byte[] written() {
    return ByteBuffer.allocate(HEADER + body.length)
        .putInt(HEADER + body.length)
        .putInt(command)
        .putInt(status)
        .putInt(sequence)
        .put(body)
        .array();
  }

  /** The whole of it in hexadecimal. */
  public String hex() {
    return HexFormat.of().formatHex(written());
  }

  /** Without the body, which may hold a password or what somebody wrote. */
  @Override
  public String toString() {
    return "PDU 0x%x, status 0x%x, sequence %d, %d bytes"
        .formatted(command, status, sequence, HEADER + body.length);
  }
}
