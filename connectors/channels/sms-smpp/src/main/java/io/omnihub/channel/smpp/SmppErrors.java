package io.omnihub.channel.smpp;

import io.omnihub.api.model.Failure;
import io.omnihub.api.model.Failure.Code;
import io.omnihub.api.model.SendOutcome;
import io.omnihub.channel.smpp.pdu.Status;

/** What a {@code command_status} means (SMPP 3.4, section 5.1.3). */
final class SmppErrors {
  private SmppErrors() {}

  /** The outcome of a submission that was answered with something else than ok. */
  static SendOutcome outcome(int status) {
    Failure failure = Failure.of(code(status), "the message centre answered " + name(status));
    return failure.code() == Code.TRANSIENT || failure.code() == Code.AUTH
        ? new SendOutcome.NotSent(failure)
        : new SendOutcome.Refused(failure);
  }

  /** What only the message centre knows the meaning of is refused for good. */
  private static Code code(int status) {
    return switch (status) {
      // nothing was done, and it may pass: not bound, system error, temporary, no reason told
      case Status.OK, 0x04, Status.SYSTEM_ERROR, Status.TEMPORARILY_REFUSED, 0xFE, 0xFF ->
          Code.TRANSIENT;
      case Status.BIND_FAILED, Status.INVALID_PASSWORD, Status.INVALID_SYSTEM_ID -> Code.AUTH;
      // recipient, its type of number or numbering plan
      case 0x0B, 0x50, 0x51 -> Code.RECIPIENT_INVALID;
      // command or its length, source address, service type, esm_class, source TON and NPI, system
      // type, parameters
      case 0x02, 0x03, 0x06, 0x07, 0x0A, 0x15, 0x43, 0x48, 0x49, 0x53, 0x61, 0x62 -> Code.CONFIG;
      case 0xC0, 0xC1, 0xC2, 0xC3, 0xC4 -> Code.CONFIG;
      default -> Code.CONTENT_REJECTED;
    };
  }

  /** The status as the specification names it, where it does. */
  static String name(int status) {
    String name =
        switch (status) {
          case 0x01 -> "ESME_RINVMSGLEN";
          case 0x04 -> "ESME_RINVBNDSTS";
          case Status.ALREADY_BOUND -> "ESME_RALYBND";
          case Status.SYSTEM_ERROR -> "ESME_RSYSERR";
          case 0x0A -> "ESME_RINVSRCADR";
          case 0x0B -> "ESME_RINVDSTADR";
          case Status.BIND_FAILED -> "ESME_RBINDFAIL";
          case Status.INVALID_PASSWORD -> "ESME_RINVPASWD";
          case Status.INVALID_SYSTEM_ID -> "ESME_RINVSYSID";
          case 0x45 -> "ESME_RSUBMITFAIL";
          case Status.TEMPORARILY_REFUSED -> "ESME_RX_T_APPN";
          case 0x65 -> "ESME_RX_P_APPN";
          case 0x66 -> "ESME_RX_R_APPN";
          default -> "";
        };
    String number = "0x%08x".formatted(status);
    return name.isEmpty() ? number : name + " (" + number + ")";
  }
}
