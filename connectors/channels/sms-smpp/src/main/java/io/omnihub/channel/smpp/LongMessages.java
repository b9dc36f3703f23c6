package io.omnihub.channel.smpp;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.omnihub.api.connector.AccountState;
import io.omnihub.api.json.HubJson;
import io.omnihub.api.model.InboundEvent;
import io.omnihub.channel.smpp.pdu.Address;
import io.omnihub.channel.smpp.text.UserDataHeader;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Messages of several parts, until all of them are there. They are kept in numbered places of the
 * account's state, which are used again and again. Belongs to one thread.
 */
final class LongMessages {
  private static final String PLACES = "long-messages";
  private static final int MOST = 1000;

  /** So long parts of a finished message may still be delivered again. */
  private static final Duration REMEMBERED = Duration.ofHours(1);

  private final AccountState state;
  private final Clock clock;
  private final Duration timeout;
  private final List<Waiting> places = new ArrayList<>();
  private final Map<String, Integer> placeOf = new HashMap<>();

  /** Places of what was handed out, by the key of its event, until the hub has it. */
  private final Map<String, Integer> handed = new HashMap<>();

  LongMessages(AccountState state, Clock clock, Duration timeout) {
    this.state = state;
    this.clock = clock;
    this.timeout = timeout;
    int count = state.get(PLACES).map(Integer::parseInt).orElse(0);
    for (int place = 0; place < count; place++) {
      places.add(state.get(key(place)).map(LongMessages::read).orElse(Waiting.FREE));
      placeOf.put(places.get(place).name(), place);
    }
  }

  /**
   * A part as it came.
   *
   * @param piece its content without header
   */
  record Part(Address source, Address destination, UserDataHeader.Part place, Piece piece) {

    /** What all parts of one message have in common. */
    String name() {
      return String.join(
          "/",
          source.value(),
          destination.value(),
          place.wide() ? "16" : "8",
          String.valueOf(place.reference()),
          String.valueOf(place.total()));
    }
  }

  /** The content of a part, in hexadecimal. */
  record Piece(int dataCoding, int locking, int single, String hex) {
    Piece digest() {
      byte[] content = hex.getBytes(StandardCharsets.US_ASCII);
      return new Piece(dataCoding, locking, single, Digests.of("piece/", content));
    }
  }

  /**
   * A message of which at least one part came.
   *
   * @param since when the first one came, in epoch milliseconds
   * @param done whether the hub has it; then the pieces are mere digests
   */
  record Waiting(
      String name,
      long since,
      Address source,
      Address destination,
      int total,
      SortedMap<Integer, Piece> pieces,
      boolean done) {
    static final Waiting FREE =
        new Waiting("", 0, new Address(0, 0, ""), new Address(0, 0, ""), 1, new TreeMap<>(), true);

    boolean complete() {
      return pieces.size() == total;
    }

    /** Of the event that it becomes: the same at every attempt to hand it in. */
    String key() {
      byte[] parts = pieces.toString().getBytes(StandardCharsets.US_ASCII);
      return "message/" + Digests.of(name, parts) + "/" + since;
    }

    private Waiting with(int number, Piece piece) {
      SortedMap<Integer, Piece> more = new TreeMap<>(pieces);
      more.put(number, piece);
      return new Waiting(name, since, source, destination, total, more, done);
    }

    private Waiting renamed() {
      String other = name + "/" + since;
      return new Waiting(other, since, source, destination, total, pieces, done);
    }

    private Waiting finished() {
      SortedMap<Integer, Piece> digests = new TreeMap<>();
      pieces.forEach((number, piece) -> digests.put(number, piece.digest()));
      return new Waiting(name, since, source, destination, total, digests, true);
    }
  }

  /** Keeps a part; returns when it is durable. A message that it completes is to be handed in. */
  Optional<Waiting> add(Part part) {
    int number = part.place().number();
    Integer place = placeOf.get(part.name());
    Waiting before = place == null ? Waiting.FREE : places.get(place);
    if (before.done() && part.piece().digest().equals(before.pieces().get(number))) {
      return Optional.empty();
    }
    if (!before.done() && contradicts(before.pieces().get(number), part.piece())) {
      // references are used again soon: the earlier message goes on waiting under another name
      put(freePlace(), before.renamed());
      before = Waiting.FREE;
    }
    Waiting now = (before.done() ? begun(part) : before).with(number, part.piece());
    int kept = place == null ? freePlace() : place;
    put(kept, now);
    if (!now.complete()) {
      return Optional.empty();
    }
    handed.put(now.key(), kept);
    return Optional.of(now);
  }

  /** Messages whose parts did not come in time, or that are too many, oldest first. */
  List<Waiting> overdue() {
    long now = clock.millis();
    forget(now);
    List<Waiting> waiting =
        places.stream()
            .filter(one -> !one.done())
            .sorted(Comparator.comparingLong(Waiting::since))
            .toList();
    int tooMany = Math.max(0, waiting.size() - MOST);
    List<Waiting> overdue = new ArrayList<>(waiting.subList(0, tooMany));
    waiting.stream()
        .skip(tooMany)
        .filter(one -> now - one.since() >= timeout.toMillis())
        .forEach(overdue::add);
    overdue.forEach(one -> handed.put(one.key(), places.indexOf(one)));
    return overdue;
  }

  /** The hub has these events; what they were made of is not needed any more. */
  void safe(List<InboundEvent> events) {
    for (InboundEvent event : events) {
      Integer place = handed.remove(event.key());
      if (place != null && places.get(place).key().equals(event.key())) {
        put(place, places.get(place).finished());
      }
    }
  }

  private Waiting begun(Part part) {
    return new Waiting(
        part.name(),
        clock.millis(),
        part.source(),
        part.destination(),
        part.place().total(),
        new TreeMap<>(),
        false);
  }

  private static boolean contradicts(Piece before, Piece now) {
    return before != null && !before.equals(now);
  }

  private int freePlace() {
    for (int place = 0; place < places.size(); place++) {
      if (places.get(place).name().isEmpty()) {
        return place;
      }
    }
    places.add(Waiting.FREE);
    state.put(PLACES, String.valueOf(places.size()));
    return places.size() - 1;
  }

  private void put(int place, Waiting one) {
    state.put(key(place), write(one));
    placeOf.remove(places.get(place).name());
    places.set(place, one);
    placeOf.put(one.name(), place);
  }

  private void forget(long now) {
    for (int place = 0; place < places.size(); place++) {
      Waiting one = places.get(place);
      boolean old = now - one.since() >= REMEMBERED.plus(timeout).toMillis();
      if (one.done() && old && !one.name().isEmpty()) {
        put(place, Waiting.FREE);
      }
    }
  }

  private static String key(int place) {
    return PLACES + "/" + place;
  }

  private static String write(Waiting one) {
    try {
      return HubJson.mapper().writeValueAsString(one);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("parts of a message can always be written", e);
    }
  }

  private static Waiting read(String json) {
    try {
      return HubJson.mapper().readValue(json, Waiting.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the account's state holds no parts of a message", e);
    }
  }
}
