package org.equipoise.samplers;

/** What it means to sample by the effective number. */
public enum EffectiveNumberReading {
  /** Every example has the weight 1 / E_y, so that a class has n_c / E_c: rare classes gain. */
  REWEIGHTED {
    @Override
    double classWeight(long count, double effectiveNumber) {
      return count / effectiveNumber;
    }
  },
  /** Every class has the weight E_c: its count, but for what its examples share. */
  PROPORTIONAL {
    @Override
    double classWeight(long count, double effectiveNumber) {
      return effectiveNumber;
    }
  };

  /** Returns how often a class is drawn, up to a factor common to all. */
  abstract double classWeight(long count, double effectiveNumber);
}
