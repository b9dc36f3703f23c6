package io.omnihub.dist.faults;

import java.util.List;

/**
 * A run, as its three sides tell it. Each list has the entries of one person in their order; those
 * of different persons have none among them.
 *
 * @param said what people wrote, and what the hub answered to that
 * @param stored what the hub shows of their conversations
 * @param taken what providers have carried out
 */
record History(List<Said> said, List<Stored> stored, List<Taken> taken) {
  History {
    said = List.copyOf(said);
    stored = List.copyOf(stored);
    taken = List.copyOf(taken);
  }
}
