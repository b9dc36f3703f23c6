package io.omnihub.dist.faults;

import io.omnihub.dist.faults.Said.Ack;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes down what people write and what the hub answers to that. Safe for all threads. */
final class Scribe {
  private final List<Said> said = new ArrayList<>();
  private final List<String> contradictions = new ArrayList<>();
  private int duplicates;

  /** Somebody wrote; one thread a person, so that the order is his. */
  synchronized void wrote(Person who, String word, int version, Ack ack) {
    said.add(new Said(who, word, version, ack));
  }

  /** The hub recognised so many. */
  synchronized void recognised(int events) {
    duplicates += events;
  }

  /** What the hub answered contradicts what it answered before. */
  synchronized void contradiction(String what) {
    contradictions.add(what);
  }

  synchronized List<Said> said() {
    return List.copyOf(said);
  }

  synchronized Set<Person> people() {
    return said.stream().map(Said::who).collect(Collectors.toCollection(LinkedHashSet::new));
  }

  synchronized int duplicates() {
    return duplicates;
  }

  synchronized List<String> contradictions() {
    return List.copyOf(contradictions);
  }
}
