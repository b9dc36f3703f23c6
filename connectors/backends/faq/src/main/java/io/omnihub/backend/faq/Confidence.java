package io.omnihub.backend.faq;

/**
 * How sure it is that an entry answers a question, from 0 to 1.
 *
 * <p>A BM25 score says which of several entries fits best, but not whether it fits: it grows with
 * the length of the question and the rarity of its words. What can be compared between questions
 * are three shares, each from 0 to 1:
 *
 * <ul>
 *   <li><em>clarity</em>: how far the entry's score s stands out from the best other one o, {@code
 *       s⁵ / (s⁵ + o⁵)}: half when the two are level, near 1 when the entry has no rival; 1 for a
 *       question that is, term by term, one of the entry's own;
 *   <li><em>similarity</em>: the cosine of the question and the entry's nearest phrasing, terms
 *       weighted by rarity: what the question would score against itself is the measure;
 *   <li><em>coverage</em>: how much of the question, by rarity, stands in any phrasing of the
 *       entry; a term unknown to the whole knowledge weighs most.
 * </ul>
 *
 * <p>The confidence is {@code clarity · similarity^½ · coverage^¼}. The exponents were searched on
 * banking77 questions, on questions from other fields, which are to stay below the threshold, and
 * on the phrasings of a shop's knowledge left out one by one. On banking77 the product orders right
 * and wrong answers as well as a fitted logistic function of the shares does.
 *
 * @param clarity 0 to 1
 * @param similarity 0 to 1
 * @param coverage 0 to 1
 */
record Confidence(double clarity, double similarity, double coverage) {
  private static final double STEEPNESS = 5;

  Confidence {
    clarity = share(clarity);
    similarity = share(similarity);
    coverage = share(coverage);
  }

  /** The whole of it, 0 to 1. */
  double value() {
    return clarity * Math.sqrt(similarity) * Math.pow(coverage, 0.25);
  }

  /** How far a score stands out from the best other score, 0 to 1. */
  static double clarity(double score, double other) {
    if (score <= 0) {
      return 0;
    }
    return 1 / (1 + Math.pow(Math.max(0, other) / score, STEEPNESS));
  }

  private static double share(double value) {
    return Double.isNaN(value) ? 0 : Math.clamp(value, 0, 1);
  }
}
