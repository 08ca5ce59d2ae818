package org.equipoise.samplers;

import java.util.Arrays;
import org.equipoise.api.sampling.LabelIndex;

/**
 * What the Gumbel noise of a learned draw is drawn for.
 *
 * <p>The examples that are drawn have one law: the largest of n_c Gumbel numbers is a Gumbel number
 * plus log n_c. The soft values, through which the rates learn, have not: at class level the soft
 * value of what was drawn is larger, so the two estimate gradients of another scale.
 */
public enum NoiseLevel {
  /** One number for each training example and slot of a batch, as published: O(B N) a batch. */
  INSTANCE {
    @Override
    void fill(Slot slot, Noise noise) {
      LabelIndex index = slot.index;
      for (int c = 0; c < slot.tops.length; c++) {
        double least = Double.POSITIVE_INFINITY;
        double sum = 0;
        int count = index.count(c);
        for (int rank = 0; rank < count; rank++) {
          double next = noise.exponential();
          if (next < least) {
            // The sum is in units of its largest term.
            sum = sum * slot.sharpened(next / least) + 1;
            least = next;
            slot.ranks[c] = rank;
          } else {
            sum += slot.sharpened(least / next);
          }
        }
        slot.tops[c] = slot.rates[c] / least;
        slot.sums[c] = sum;
      }
    }

    @Override
    int rank(Slot slot, int drawn, Noise noise) {
      return slot.ranks[drawn];
    }
  },
  /** One number for each class and slot of a batch: O(B K), another estimator of the gradient. */
  CLASS {
    @Override
    void fill(Slot slot, Noise noise) {
      for (int c = 0; c < slot.tops.length; c++) {
        slot.tops[c] = slot.shares[c] / noise.exponential();
        slot.sums[c] = 1;
      }
    }

    @Override
    int rank(Slot slot, int drawn, Noise noise) {
      return (int) (noise.uniform() * slot.index.count(drawn));
    }
  };

  /** Draws the noise of one slot: of each class, the largest rate / noise and the sharpened sum. */
  abstract void fill(Slot slot, Noise noise);

  /** Says which of its examples stands for a class that was drawn. */
  abstract int rank(Slot slot, int drawn, Noise noise);

  /** The classes as one slot of a batch sees them; filled anew for each. */
  static final class Slot {

    final LabelIndex index;
    final double[] rates;
    final double[] shares;
    final double[] tops;
    final double[] sums;
    final int[] ranks;
    private final double sharpness;

    /**
     * Makes room.
     *
     * @param rates the rate of each class; not copied
     * @param temperature of the softmax, &gt; 0
     */
    Slot(LabelIndex index, double[] rates, double temperature) {
      this.index = index;
      this.rates = rates;
      this.shares = rates.clone();
      Arrays.setAll(shares, c -> rates[c] * index.count(c));
      this.tops = new double[rates.length];
      this.sums = new double[rates.length];
      this.ranks = new int[rates.length];
      this.sharpness = 1 / temperature;
    }

    /** Returns a ratio to the power of 1 / temperature. */
    double sharpened(double ratio) {
      return sharpness == 1 ? ratio : Math.pow(ratio, sharpness);
    }
  }
}
