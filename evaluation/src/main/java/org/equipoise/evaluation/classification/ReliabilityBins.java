package org.equipoise.evaluation.classification;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * Predicted probabilities in bins of equal width, with how often they came true: a reliability
 * diagram.
 *
 * <p>Immutable. Bin b of B is (b/B, (b+1)/B]; a probability of 0 is in bin 0.
 */
public final class ReliabilityBins {

  private final long[] counts;
  private final long[] hits;
  private final double[] probabilitySums;

  private ReliabilityBins(long[] counts, long[] hits, double[] probabilitySums) {
    this.counts = counts;
    this.hits = hits;
    this.probabilitySums = probabilitySums;
  }

  static ReliabilityBins empty(int bins) {
    return new ReliabilityBins(new long[bins], new long[bins], new double[bins]);
  }

  /** Bins the probability of each example's predicted class. */
  ReliabilityBins plusConfidences(ProbabilityRows rows) {
    ReliabilityBins sum = copy();
    double[] row = new double[rows.classes()];
    for (int i = 0; i < rows.size(); i++) {
      rows.read(i, row);
      int predicted = rows.predicted(i);
      sum.count(row[predicted], predicted == rows.label(i));
    }
    return sum;
  }

  ReliabilityBins plus(ReliabilityBins other) {
    if (other.bins() != bins()) {
      throw new IllegalArgumentException("bins: " + other.bins() + " cannot be added to " + bins());
    }
    ReliabilityBins sum = copy();
    for (int b = 0; b < bins(); b++) {
      sum.counts[b] += other.counts[b];
      sum.hits[b] += other.hits[b];
      sum.probabilitySums[b] += other.probabilitySums[b];
    }
    return sum;
  }

  ReliabilityBins copy() {
    return new ReliabilityBins(counts.clone(), hits.clone(), probabilitySums.clone());
  }

  /** Counts a probability; changes these bins, so only for ones not handed out yet. */
  void count(double probability, boolean hit) {
    int bin = binOf(probability);
    counts[bin]++;
    hits[bin] += hit ? 1 : 0;
    probabilitySums[bin] += probability;
  }

  // The first guess may be off by one through rounding; the edges as doubles decide.
  private int binOf(double probability) {
    double bins = bins();
    int bin = Math.max(0, Math.min((int) Math.ceil(probability * bins) - 1, bins() - 1));
    while (bin > 0 && probability <= bin / bins) {
      bin--;
    }
    while (bin < bins() - 1 && probability > (bin + 1) / bins) {
      bin++;
    }
    return bin;
  }

  /**
   * Returns the number of bins B.
   *
   * @return B &gt;= 1
   */
  public int bins() {
    return counts.length;
  }

  /**
   * Returns how many probabilities are in a bin.
   *
   * @param bin the bin, in [0, B)
   * @return the number
   */
  public long count(int bin) {
    return counts[bin];
  }

  /**
   * Returns how often the probabilities of a bin came true.
   *
   * @param bin the bin, in [0, B)
   * @return a rate in [0, 1]; empty for an empty bin
   */
  public OptionalDouble hitRate(int bin) {
    return new HitCount(hits[bin], counts[bin]).rate();
  }

  /**
   * Returns the mean of the probabilities in a bin.
   *
   * @param bin the bin, in [0, B)
   * @return the mean, in the bin; empty for an empty bin
   */
  public OptionalDouble meanProbability(int bin) {
    return new LossSum(probabilitySums[bin], counts[bin]).mean();
  }

  /**
   * Returns the mean over all probabilities of the gap between hit rate and mean probability of
   * their bin.
   *
   * @return the calibration error in [0, 1]; empty without probabilities
   */
  public OptionalDouble calibrationError() {
    double gaps = 0;
    for (int b = 0; b < bins(); b++) {
      gaps += Math.abs(hits[b] - probabilitySums[b]);
    }
    return new LossSum(gaps, Arrays.stream(counts).sum()).mean();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ReliabilityBins that
        && Arrays.equals(counts, that.counts)
        && Arrays.equals(hits, that.hits)
        && Arrays.equals(probabilitySums, that.probabilitySums);
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(new Object[] {counts, hits, probabilitySums});
  }

  @Override
  public String toString() {
    return "ReliabilityBins[counts="
        + Arrays.toString(counts)
        + ", hits="
        + Arrays.toString(hits)
        + ", probabilitySums="
        + Arrays.toString(probabilitySums)
        + "]";
  }
}
