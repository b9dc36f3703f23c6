package io.omnihub.testkit.simulator;

import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;

/**
 * Decides which fault comes next: first those that were asked for, then by chance from a seed. Safe
 * for all threads.
 */
public final class Mischief {
  private final Random random;
  private final Map<Fault, Double> rates = new EnumMap<>(Fault.class);
  private final Queue<Fault> asked = new ArrayDeque<>();

  public Mischief(long seed) {
    random = new Random(seed);
  }

  /** From now on a fault happens with this probability, 0 to 1. */
  public synchronized void rate(Fault fault, double probability) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("a probability is between 0 and 1, got " + probability);
    }
    rates.put(fault, probability);
  }

  /** The next requests meet exactly these, in order. */
  public synchronized void next(Fault... faults) {
    asked.addAll(List.of(faults));
  }

  /** No more mischief. */
  public synchronized void stop() {
    rates.clear();
    asked.clear();
  }

  public synchronized Map<Fault, Double> rates() {
    return Map.copyOf(rates);
  }

  /** What the next request or delivery meets. */
  public synchronized Fault draw() {
    if (!asked.isEmpty()) {
      return asked.remove();
    }
    if (rates.isEmpty()) {
      return Fault.NONE;
    }
    double dice = random.nextDouble();
    for (Map.Entry<Fault, Double> rate : rates.entrySet()) {
      dice -= rate.getValue();
      if (dice < 0) {
        return rate.getKey();
      }
    }
    return Fault.NONE;
  }
}
