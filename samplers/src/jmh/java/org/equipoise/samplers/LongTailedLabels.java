package org.equipoise.samplers;

import java.util.SplittableRandom;

/** Labels of a long-tailed train split, in random order. */
public enum LongTailedLabels {
  /** As many as iNaturalist 2018 has: about 1,000 of the commonest class and 2 of the rarest. */
  INATURALIST(437_513, 8_142) {
    @Override
    int label(int image, SplittableRandom random) {
      double tail = 1 - Math.pow(random.nextDouble(), 1 / 19.3);
      return image < FEWEST * classes ? image % classes : (int) (tail * classes);
    }
  },
  /** As many as CIFAR-100-LT has at imbalance factor 100: about 500 to 5 of a class. */
  CIFAR100_LT(10_847, 100) {
    @Override
    int label(int image, SplittableRandom random) {
      // Counts fall by the 100th root of 100 from class to class.
      double tail = -Math.log(1 - random.nextDouble() * 0.99) / Math.log(100);
      return image < FEWEST * classes ? image % classes : (int) (tail * classes);
    }
  };

  private static final int FEWEST = 2;

  final int images;
  final int classes;

  LongTailedLabels(int images, int classes) {
    this.images = images;
    this.classes = classes;
  }

  abstract int label(int image, SplittableRandom random);

  /** Draws the labels; the same at each call. */
  int[] draw() {
    SplittableRandom random = new SplittableRandom(1);
    int[] labels = new int[images];
    for (int i = 0; i < images; i++) {
      labels[i] = label(i, random);
    }
    for (int i = images - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int label = labels[i];
      labels[i] = labels[other];
      labels[other] = label;
    }
    return labels;
  }
}
