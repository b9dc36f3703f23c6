package io.omnihub.demo;

import io.omnihub.testkit.simulator.Fault;
import io.omnihub.testkit.simulator.Mischief;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Makes simulators misbehave when somebody asks for it. */
final class MischiefBoard {
  private static final Set<Fault> ON_DELIVERY = Set.of(Fault.DUPLICATE, Fault.REORDER);

  private final Map<String, Ways> targets;

  /** By the names that the page uses. */
  MischiefBoard(Map<String, Ways> targets) {
    this.targets = Map.copyOf(targets);
  }

  /**
   * The two ways of a simulator.
   *
   * @param answers to what the hub sends
   * @param deliveries to the hub; the same as {@code answers} where it delivers without mischief
   */
  record Ways(Mischief answers, Mischief deliveries) {
    boolean delivers() {
      return answers != deliveries;
    }
  }

  /** The next request, or delivery, meets the fault. */
  void next(String target, String fault) {
    way(target, fault).next(fault(fault));
  }

  /** From now on this share of them meets the fault, 0 to 1. */
  void rate(String target, String fault, double share) {
    way(target, fault).rate(fault(fault), share);
  }

  void stop(String target) {
    ways(target).answers().stop();
    ways(target).deliveries().stop();
  }

  /** What happens by chance now: target, fault, share. */
  Map<String, Map<String, Double>> rates() {
    Map<String, Map<String, Double>> all = new TreeMap<>();
    targets.forEach(
        (name, ways) -> {
          Map<String, Double> rates = new TreeMap<>();
          ways.deliveries().rates().forEach((fault, share) -> rates.put(word(fault), share));
          ways.answers().rates().forEach((fault, share) -> rates.put(word(fault), share));
          rates.values().removeIf(share -> share == 0);
          all.put(name, rates);
        });
    return all;
  }

  private Mischief way(String target, String fault) {
    Ways ways = ways(target);
    if (!ON_DELIVERY.contains(fault(fault))) {
      return ways.answers();
    }
    if (!ways.delivers()) {
      throw new IllegalArgumentException("the simulator of " + target + " cannot " + fault);
    }
    return ways.deliveries();
  }

  private Ways ways(String target) {
    Ways ways = targets.get(target);
    if (ways == null) {
      throw new IllegalArgumentException("target: expected one of " + targets.keySet());
    }
    return ways;
  }

  private static Fault fault(String word) {
    return Fault.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  private static String word(Fault fault) {
    return fault.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
