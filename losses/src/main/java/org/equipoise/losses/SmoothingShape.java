package org.equipoise.losses;

/** How label-aware smoothing falls from the largest class to the smallest. */
public enum SmoothingShape {
  /** A quarter of a sine, steep at the tail: {@code tail + (head - tail) sin(pi u / 2)}. */
  CONCAVE {
    @Override
    double between(double tail, double head, double share, double power) {
      return tail + (head - tail) * Math.sin(Math.PI / 2 * share);
    }
  },
  /** A straight line: {@code tail + (head - tail) u}. */
  LINEAR {
    @Override
    double between(double tail, double head, double share, double power) {
      return tail + (head - tail) * share;
    }
  },
  /** A quarter of a sine, steep at the head: {@code tail + (head - tail) (1 - cos(pi u / 2))}. */
  CONVEX {
    @Override
    double between(double tail, double head, double share, double power) {
      return tail + (head - tail) * (1 - Math.cos(Math.PI / 2 * share));
    }
  },
  /** A power: {@code tail + (head - tail) u^power}. */
  EXP {
    @Override
    double between(double tail, double head, double share, double power) {
      return tail + (head - tail) * Math.pow(share, power);
    }
  };

  /**
   * Returns the smoothing of a class.
   *
   * @param share u, where the class's count lies between the smallest (0) and the largest (1)
   */
  abstract double between(double tail, double head, double share, double power);
}
