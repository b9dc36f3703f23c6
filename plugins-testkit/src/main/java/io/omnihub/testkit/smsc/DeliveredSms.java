package io.omnihub.testkit.smsc;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jsmpp.bean.OptionalParameter;

/**
 * What the message centre delivers.
 *
 * @param sourceTon type of number of the sender
 * @param parameters optional parameters
 */
public record DeliveredSms(
    int sourceTon,
    String source,
    String destination,
    int esmClass,
    int dataCoding,
    byte[] content,
    List<OptionalParameter> parameters) {
  private static final int HEADER = 0x40;
  private static final int RECEIPT = 0x04;

  public DeliveredSms {
    parameters = List.copyOf(parameters);
  }

  /** A text of characters that ASCII and the alphabet of GSM have in common. */
  public static DeliveredSms text(String source, String destination, String text) {
    byte[] content = text.getBytes(StandardCharsets.US_ASCII);
    return new DeliveredSms(1, source, destination, 0, 0, content, List.of());
  }

  /** A part of a longer message, with a header of an 8-bit reference. */
  public static DeliveredSms part(
      String source, String destination, int reference, int total, int number, String text) {
    byte[] words = text.getBytes(StandardCharsets.US_ASCII);
    byte[] content = new byte[6 + words.length];
    byte[] header = {5, 0, 3, (byte) reference, (byte) total, (byte) number};
    System.arraycopy(header, 0, content, 0, header.length);
    System.arraycopy(words, 0, content, header.length, words.length);
    return new DeliveredSms(1, source, destination, HEADER, 0, content, List.of());
  }

  /** A receipt in the customary text. */
  public static DeliveredSms receipt(String source, String destination, String text) {
    byte[] content = text.getBytes(StandardCharsets.US_ASCII);
    return new DeliveredSms(1, source, destination, RECEIPT, 0, content, List.of());
  }

  /** The same with one more optional parameter. */
  public DeliveredSms with(int tag, byte[] value) {
    List<OptionalParameter> more = new ArrayList<>(parameters);
    more.add(new OptionalParameter.OctetString((short) tag, value));
    return new DeliveredSms(sourceTon, source, destination, esmClass, dataCoding, content, more);
  }
}
