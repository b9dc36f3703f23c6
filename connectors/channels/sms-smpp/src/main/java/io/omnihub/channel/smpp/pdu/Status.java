package io.omnihub.channel.smpp.pdu;

/** Values of {@code command_status} (SMPP 3.4, section 5.1.3) that mean something here. */
public final class Status {
  public static final int OK = 0;
  public static final int INVALID_COMMAND = 0x03;
  public static final int ALREADY_BOUND = 0x05;
  public static final int SYSTEM_ERROR = 0x08;
  public static final int BIND_FAILED = 0x0D;
  public static final int INVALID_PASSWORD = 0x0E;
  public static final int INVALID_SYSTEM_ID = 0x0F;
  public static final int QUEUE_FULL = 0x14;
  public static final int THROTTLED = 0x58;

  /** The receiver cannot take it now; it is to be delivered again. */
  public static final int TEMPORARILY_REFUSED = 0x64;

  private Status() {}
}
