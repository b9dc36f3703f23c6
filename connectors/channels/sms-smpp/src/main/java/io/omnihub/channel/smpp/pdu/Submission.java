package io.omnihub.channel.smpp.pdu;

/**
 * What a {@code submit_sm} says.
 *
 * @param hasHeader whether the content begins with a user data header
 * @param asPayload whether the content goes as message_payload rather than as short_message, which
 *     holds at most 254 bytes
 */
public record Submission(
    Address source,
    Address destination,
    boolean hasHeader,
    int dataCoding,
    byte[] content,
    boolean asPayload) {
  private static final int FINAL_RECEIPT = 1;

  public Submission {
    if (!asPayload && content.length > 254) {
      throw new IllegalArgumentException("a short_message has at most 254 bytes");
    }
  }

  public byte[] body() {
    BodyWriter body = new BodyWriter().text("").address(source).address(destination);
    body.octet(hasHeader ? 0x40 : 0).octet(0).octet(0).text("").text("");
    body.octet(FINAL_RECEIPT).octet(0).octet(dataCoding).octet(0);
    return asPayload
        ? body.octet(0).parameter(Tag.MESSAGE_PAYLOAD, content).body()
        : body.octet(content.length).octets(content).body();
  }
}
