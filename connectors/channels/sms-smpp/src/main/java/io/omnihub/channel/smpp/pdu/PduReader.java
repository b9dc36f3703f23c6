package io.omnihub.channel.smpp.pdu;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** Reads PDUs from a stream. Belongs to one thread. */
public final class PduReader {
  /** A message_payload has at most 64 KiB, everything else is small. */
  static final int LONGEST = 128 << 10;

  private static final int CHUNK = 4096;

  private final InputStream in;
  private byte[] buffer = new byte[CHUNK];
  private int filled;

  public PduReader(InputStream in) {
    this.in = in;
  }

  /**
   * The next PDU; empty when the socket's read timeout ran out before all of it was there, in which
   * case what came so far is kept for the next call.
   *
   * @throws EOFException when the peer has closed the stream
   * @throws MalformedPduException when the length is impossible, after which nothing more can be
   *     read from this stream
   */
  public Optional<Pdu> next() throws IOException, MalformedPduException {
    try {
      need(Pdu.HEADER);
      int length = ByteBuffer.wrap(buffer).getInt();
      if (length < Pdu.HEADER || length > LONGEST) {
        throw new MalformedPduException("a command_length of " + Integer.toUnsignedString(length));
      }
      need(length);
      return Optional.of(take(length));
    } catch (SocketTimeoutException idle) {
      return Optional.empty();
    }
  }

  private void need(int count) throws IOException {
    if (count > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(count, 2 * buffer.length));
    }
    while (filled < count) {
      int read = in.read(buffer, filled, buffer.length - filled);
      if (read < 0) {
        throw new EOFException("the peer has closed the connection");
      }
      filled += read;
    }
  }

  private Pdu take(int length) {
    ByteBuffer header = ByteBuffer.wrap(buffer).position(Integer.BYTES);
    Pdu pdu =
        new Pdu(
            header.getInt(),
            header.getInt(),
            header.getInt(),
            Arrays.copyOfRange(buffer, Pdu.HEADER, length));
    System.arraycopy(buffer, length, buffer, 0, filled - length);
    filled -= length;
    return pdu;
  }
}
