package io.omnihub.channel.smpp.pdu;

/**
 * An address with its type of number and numbering plan (SMPP 3.4, sections 5.2.5 and 5.2.6).
 *
 * @param ton type of number
 * @param npi numbering plan indicator
 */
public record Address(int ton, int npi, String value) {
  public static final int UNKNOWN = 0;
  public static final int INTERNATIONAL = 1;
  public static final int NETWORK_SPECIFIC = 3;
  public static final int ALPHANUMERIC = 5;

  /** Numbering plan of telephone numbers, E.164. */
  public static final int ISDN = 1;
}
