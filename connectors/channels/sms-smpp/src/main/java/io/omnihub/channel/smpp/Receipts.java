package io.omnihub.channel.smpp;

import io.omnihub.api.model.DeliveryStatus;
import io.omnihub.api.model.Failure;
import io.omnihub.api.model.InboundEvent;
import io.omnihub.channel.smpp.pdu.Delivery;
import io.omnihub.channel.smpp.pdu.Tag;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Receipts of the message centre. Optional parameters count before the text; what one of the two
 * does not tell the other may.
 */
final class Receipts {
  private static final List<String> STATES =
      List.of(
          "SCHEDULED",
          "ENROUTE",
          "DELIVRD",
          "EXPIRED",
          "DELETED",
          "UNDELIV",
          "ACCEPTD",
          "UNKNOWN",
          "REJECTD",
          "SKIPPED");

  private static final int LONGEST_ID = 65;

  private final ReceiptIds.Dialect dialect;
  private final Numbers numbers;
  private final Clock clock;

  Receipts(ReceiptIds.Dialect dialect, Numbers numbers, Clock clock) {
    this.dialect = dialect;
    this.numbers = numbers;
    this.clock = clock;
  }

  /** Whether it is a receipt, also from a message centre that does not mark receipts as such. */
  static boolean isReceipt(Delivery delivery) {
    boolean marked = delivery.type() != Delivery.Type.MESSAGE;
    return marked || delivery.parameters().containsKey(Tag.RECEIPTED_MESSAGE_ID);
  }

  /** Empty when it does not say which message it is about. */
  Optional<InboundEvent> read(Delivery delivery) {
    ReceiptText text =
        ReceiptText.parse(new String(delivery.content(), StandardCharsets.ISO_8859_1));
    List<String> ids = ids(delivery, text);
    if (ids.isEmpty()) {
      return Optional.empty();
    }
    String state = state(delivery, text);
    DeliveryStatus status = status(state);
    List<String> candidates = ReceiptIds.candidates(ids, dialect);
    return Optional.of(
        new InboundEvent.ReceiptReceived(
            "receipt/" + candidates.getFirst() + "/" + state,
            numbers.identity(delivery.source()),
            candidates,
            status,
            clock.instant(),
            status == DeliveryStatus.FAILED ? failure(state, error(delivery, text)) : null));
  }

  private static List<String> ids(Delivery delivery, ReceiptText text) {
    List<String> ids = new ArrayList<>();
    byte[] parameter = delivery.parameters().get(Tag.RECEIPTED_MESSAGE_ID);
    if (parameter != null) {
      ids.add(new String(parameter, StandardCharsets.ISO_8859_1).replaceFirst("\0.*", ""));
    }
    ids.add(text.id());
    ids.removeIf(id -> id.isBlank() || id.length() > LONGEST_ID);
    return ids;
  }

  /** The word of appendix B of SMPP 3.4, or the message centre's own. */
  private static String state(Delivery delivery, ReceiptText text) {
    OptionalInt number = delivery.number(Tag.MESSAGE_STATE);
    if (number.isPresent() && number.getAsInt() < STATES.size()) {
      return STATES.get(number.getAsInt());
    }
    if (!text.stat().isEmpty()) {
      String stat = text.stat();
      return stat.length() > 20 ? stat.substring(0, 20) : stat;
    }
    if (delivery.type() == Delivery.Type.ACKNOWLEDGEMENT) {
      return "DELIVRD";
    }
    return text.delivered().matches("0*[1-9]\\d*") ? "DELIVRD" : "UNKNOWN";
  }

  /** Prefixes, as the words are cut to seven letters by some and not by others. */
  private static DeliveryStatus status(String state) {
    if (state.startsWith("DELIV")) {
      return DeliveryStatus.DELIVERED;
    }
    boolean failed =
        List.of("EXPIR", "DELET", "UNDELIV", "REJ", "FAIL", "SKIP", "BLOCK").stream()
            .anyMatch(state::startsWith);
    return failed ? DeliveryStatus.FAILED : DeliveryStatus.SENT;
  }

  private static Failure failure(String state, String error) {
    Failure.Code code =
        switch (state.substring(0, 3)) {
          case "EXP" -> Failure.Code.TIMEOUT;
          case "UND" -> Failure.Code.RECIPIENT_INVALID;
          case "REJ", "BLO" -> Failure.Code.CONTENT_REJECTED;
          default -> Failure.Code.TRANSIENT;
        };
    String detail = "the message centre reports " + state;
    return Failure.of(code, error.isEmpty() ? detail : detail + ", error " + error);
  }

  private static String error(Delivery delivery, ReceiptText text) {
    byte[] parameter = delivery.parameters().get(Tag.NETWORK_ERROR_CODE);
    if (parameter != null && parameter.length == 3) {
      return String.valueOf((parameter[1] & 0xff) << 8 | (parameter[2] & 0xff));
    }
    String error = text.err();
    return error.matches("0*") || error.length() > 20 ? "" : error;
  }
}
