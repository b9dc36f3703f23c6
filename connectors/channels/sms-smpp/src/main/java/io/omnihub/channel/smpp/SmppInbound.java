package io.omnihub.channel.smpp;

import io.omnihub.api.json.HubJson;
import io.omnihub.api.model.InboundEvent;
import io.omnihub.api.model.Part;
import io.omnihub.api.model.Sender;
import io.omnihub.api.model.Threading;
import io.omnihub.channel.smpp.pdu.Address;
import io.omnihub.channel.smpp.pdu.Delivery;
import io.omnihub.channel.smpp.pdu.MalformedPduException;
import io.omnihub.channel.smpp.pdu.Pdu;
import io.omnihub.channel.smpp.pdu.Tag;
import io.omnihub.channel.smpp.text.DataCoding;
import io.omnihub.channel.smpp.text.NationalShift;
import io.omnihub.channel.smpp.text.UserDataHeader;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Deliveries of the message centre as events. */
final class SmppInbound {
  /** Stands where parts of a message did not come. */
  static final String MISSING = "[…]";

  private final SmppConfig.Receiving receiving;
  private final Numbers numbers;
  private final Receipts receipts;
  private final Clock clock;

  SmppInbound(SmppConfig.Receiving receiving, Numbers numbers, Clock clock) {
    this.receiving = receiving;
    this.numbers = numbers;
    this.clock = clock;
    receipts = new Receipts(receiving.ids(), numbers, clock);
  }

  /** What a delivery holds. */
  sealed interface Content {

    /** Something by itself. */
    record Whole(InboundEvent event) implements Content {}

    /** A part of a longer message. */
    record OnePart(LongMessages.Part part) implements Content {}
  }

  /**
   * Reads a delivery; what cannot be read is an event too.
   *
   * @param stamp tells the delivery and its repetitions from all others
   */
  Content read(Pdu pdu, Supplier<String> stamp) {
    Delivery delivery;
    try {
      delivery = Delivery.parse(pdu);
    } catch (MalformedPduException e) {
      return unreadable(stamp, "a delivery that " + e.getMessage());
    }
    if (Receipts.isReceipt(delivery)) {
      return receipts
          .read(delivery)
          .<Content>map(Content.Whole::new)
          .orElseGet(() -> unreadable(stamp, "a receipt that does not say of which message"));
    }
    UserDataHeader header =
        delivery.hasHeader() ? UserDataHeader.parse(delivery.content()) : UserDataHeader.NONE;
    LongMessages.Piece piece = piece(delivery, header);
    UserDataHeader.Part place = place(delivery, header);
    if (place.oneOfSeveral() && !header.toPort()) {
      return new Content.OnePart(
          new LongMessages.Part(delivery.source(), delivery.destination(), place, piece));
    }
    Part part = header.toPort() ? binary(List.of(piece)) : part(List.of(Optional.of(piece)));
    return new Content.Whole(
        message(
            "message/" + stamp.get(), delivery.source(), delivery.destination(), part, Map.of()));
  }

  /** A message of several parts, as far as they are there. */
  InboundEvent joined(LongMessages.Waiting waiting) {
    List<Integer> missing =
        IntStream.rangeClosed(1, waiting.total())
            .filter(number -> !waiting.pieces().containsKey(number))
            .boxed()
            .toList();
    List<Optional<LongMessages.Piece>> pieces =
        IntStream.rangeClosed(1, waiting.total())
            .mapToObj(number -> Optional.ofNullable(waiting.pieces().get(number)))
            .toList();
    Map<String, Object> attributes =
        missing.isEmpty()
            ? Map.of("segments", waiting.total())
            : Map.of("segments", waiting.total(), "missingSegments", missing);
    return message(
        waiting.key(), waiting.source(), waiting.destination(), part(pieces), attributes);
  }

  private InboundEvent message(
      String key, Address source, Address destination, Part part, Map<String, Object> attributes) {
    return new InboundEvent.MessageReceived(
        key,
        key.substring(key.indexOf('/') + 1),
        Sender.of(numbers.identity(source)),
        "",
        Threading.key(numbers.written(destination)),
        clock.instant(),
        List.of(part),
        "",
        source.ton() == Address.ALPHANUMERIC,
        attributes);
  }

  private Content unreadable(Supplier<String> stamp, String reason) {
    return new Content.Whole(
        new InboundEvent.Unreadable(
            "unreadable/" + stamp.get(), numbers.unknown(), clock.instant(), reason));
  }

  private static LongMessages.Piece piece(Delivery delivery, UserDataHeader header) {
    return new LongMessages.Piece(
        delivery.dataCoding(),
        header.shift().locking(),
        header.shift().single(),
        HexFormat.of().formatHex(header.rest(delivery.content())));
  }

  private static UserDataHeader.Part place(Delivery delivery, UserDataHeader header) {
    OptionalInt reference = delivery.number(Tag.SAR_REFERENCE);
    OptionalInt total = delivery.number(Tag.SAR_TOTAL);
    OptionalInt number = delivery.number(Tag.SAR_NUMBER);
    boolean all = reference.isPresent() && total.isPresent() && number.isPresent();
    return header.part().oneOfSeveral() || !all
        ? header.part()
        : new UserDataHeader.Part(true, reference.getAsInt(), total.getAsInt(), number.getAsInt());
  }

  private Part part(List<Optional<LongMessages.Piece>> pieces) {
    StringBuilder text = new StringBuilder();
    for (int from = 0; from < pieces.size(); ) {
      int to = sameCodingUpTo(pieces, from);
      Optional<String> decoded =
          pieces.get(from).isEmpty() ? Optional.of(MISSING) : decode(pieces.subList(from, to));
      if (decoded.isEmpty()) {
        return binary(pieces.stream().flatMap(Optional::stream).toList());
      }
      text.append(decoded.get());
      from = to;
    }
    return Part.Text.plain(text.toString());
  }

  /** Joined before they are read, as some phones cut characters in the middle. */
  private Optional<String> decode(List<Optional<LongMessages.Piece>> pieces) {
    StringBuilder hex = new StringBuilder();
    pieces.forEach(piece -> hex.append(piece.orElseThrow().hex()));
    LongMessages.Piece first = pieces.getFirst().orElseThrow();
    return DataCoding.decode(
        first.dataCoding(),
        HexFormat.of().parseHex(hex),
        receiving.alphabet(),
        new NationalShift(first.locking(), first.single()));
  }

  private static int sameCodingUpTo(List<Optional<LongMessages.Piece>> pieces, int from) {
    Optional<List<Integer>> coding = pieces.get(from).map(SmppInbound::coding);
    int to = from + 1;
    while (to < pieces.size() && pieces.get(to).map(SmppInbound::coding).equals(coding)) {
      to++;
    }
    return to;
  }

  private static List<Integer> coding(LongMessages.Piece piece) {
    return List.of(piece.dataCoding(), piece.locking(), piece.single());
  }

  private static Part binary(List<LongMessages.Piece> pieces) {
    List<String> contents = new ArrayList<>();
    pieces.forEach(piece -> contents.add(piece.hex()));
    return new Part.Unsupported(
        "sms-binary",
        HubJson.mapper()
            .valueToTree(Map.of("dataCoding", pieces.getFirst().dataCoding(), "hex", contents)));
  }
}
