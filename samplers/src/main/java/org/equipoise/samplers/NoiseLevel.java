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
      double[] drawn = slot.noise;
      for (int c = 0; c < slot.tops.length; c++) {
        double least = Double.POSITIVE_INFINITY;
        double sum = 0;
        int count = index.count(c);
        noise.exponentials(drawn, count);
        for (int rank = 0; rank < count; rank++) {
          double next = drawn[rank];
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
      double[] tops = slot.tops;
      double[] shares = slot.shares;
      noise.exponentials(tops, tops.length);
      for (int c = 0; c < tops.length; c++) {
        tops[c] = shares[c] / tops[c];
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

    /** Of one number for each class: 1 each, as they are at first. */
    final double[] sums;

    final int[] ranks;

    /** Room for a number for each example of a class. */
    final double[] noise;

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
      Arrays.fill(sums, 1);
      this.ranks = new int[rates.length];
      this.noise = new double[mostExamples(index)];
      this.sharpness = 1 / temperature;
    }

    private static int mostExamples(LabelIndex index) {
      int most = 0;
      for (int c = 0; c < index.classes(); c++) {
        most = Math.max(most, index.count(c));
      }
      return most;
    }

    /** Returns a ratio to the power of 1 / temperature. */
    double sharpened(double ratio) {
      return sharpness == 1 ? ratio : Math.pow(ratio, sharpness);
    }
  }
}
