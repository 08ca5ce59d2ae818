package org.equipoise.experiments.config;

import org.equipoise.api.Named;

/** Which mean of the weights along the way takes the place of the last ones. A closed set. */
public sealed interface WeightAveraging extends Named {

  /**
   * Returns how much of the average stays when the weights of a step come in.
   *
   * @param step the step just done, from 1 on
   * @return the share in [0, 1); the rest is the new weights'
   */
  double kept(long step);

  /**
   * An exponential moving average: after each step, a = decay a + (1 - decay) w.
   *
   * <p>It starts at the weights that the stage starts from and is not corrected for that: after t
   * steps these still count by decay^t, which at 0.999 is a third after 1,000 steps. Running
   * statistics of normalisations are averaged like weights, as timm's ModelEmaV2 does.
   *
   * @param decay the share that the average keeps at a step, in [0, 1)
   */
  record Ema(double decay) implements WeightAveraging {

    /** A share of 0.999. */
    public Ema() {
      this(0.999);
    }

    /** Checks the range. */
    public Ema {
      if (!(decay >= 0 && decay < 1)) {
        throw new IllegalArgumentException("decay: expected in [0, 1), is " + decay);
      }
    }

    @Override
    public double kept(long step) {
      return decay;
    }
  }
}
