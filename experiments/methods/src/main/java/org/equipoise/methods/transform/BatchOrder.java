package org.equipoise.methods.transform;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.equipoise.api.loss.MixShare;
import org.equipoise.api.loss.Targets;

/** An order of a batch: row i of what is reordered is the original row {@code order[i]}. */
final class BatchOrder {

  private final long[] order;

  private BatchOrder(long[] order) {
    this.order = order;
  }

  /** Draws one of all n! orders, each equally likely. */
  static BatchOrder draw(int size, RandomGenerator random) {
    long[] order = new long[size];
    Arrays.setAll(order, i -> i);
    for (int i = size - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      long swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return new BatchOrder(order);
  }

  /** Returns the rows of an array (N, ...) in this order, in the array's manager. */
  NDArray of(NDArray rows) {
    try (NDArray index = rows.getManager().create(order)) {
      return rows.get(index);
    }
  }

  Targets of(Targets targets) {
    if (targets instanceof Targets.ClassIds hard) {
      return new Targets.ClassIds(of(hard.ids()));
    }
    if (targets instanceof Targets.MultiHot many) {
      return new Targets.MultiHot(of(many.values()));
    }
    if (targets instanceof Targets.Soft soft) {
      return new Targets.Soft(of(soft.probabilities()));
    }
    if (targets instanceof Targets.Mixed mixed) {
      return new Targets.Mixed(of(mixed.a()), of(mixed.b()), of(mixed.share()));
    }
    Targets.Regions regions = (Targets.Regions) targets;
    return new Targets.Regions(of(regions.ids()), regions.classes());
  }

  private MixShare of(MixShare share) {
    if (share instanceof MixShare.OfExamples each) {
      double[] lambdas = each.lambdas();
      return new MixShare.OfExamples(
          Arrays.stream(order).mapToDouble(i -> lambdas[(int) i]).toArray());
    }
    return share;
  }
}
