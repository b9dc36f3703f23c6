package io.omnihub.benchmarks;

import java.util.Arrays;
import java.util.List;

/** Sums up many figures. */
final class Figures {
  private Figures() {}

  static double median(List<Double> values) {
    return at(values.stream().mapToDouble(Double::doubleValue).toArray(), 0.5);
  }

  /** The value that a share of all lie below, from 0 to 1. */
  static double at(double[] values, double share) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    if (share == 0.5 && sorted.length % 2 == 0) {
      return (sorted[sorted.length / 2 - 1] + sorted[sorted.length / 2]) / 2;
    }
    return sorted[Math.min(sorted.length - 1, (int) (sorted.length * share))];
  }
}
