package org.equipoise.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.equipoise.api.loss.MixShare;
import org.equipoise.api.loss.Targets;

/** Puts the rows or the classes of a batch into another order. */
record Reordering(int[] order) {

  static Reordering random(int size, RandomGenerator random) {
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return new Reordering(order);
  }

  long[] of(long[] values) {
    return Arrays.stream(order).mapToLong(i -> values[i]).toArray();
  }

  double[] of(double[] values) {
    return Arrays.stream(order).mapToDouble(i -> values[i]).toArray();
  }

  NDArray rows(NDArray array) {
    try (NDArray index = array.getManager().create(order)) {
      NDArray rows = array.get(index);
      rows.attach(array.getManager());
      return rows;
    }
  }

  NDArray columns(NDArray matrix) {
    return rows(matrix.transpose()).transpose();
  }

  Targets rows(Targets targets) {
    if (targets instanceof Targets.ClassIds hard) {
      return new Targets.ClassIds(rows(hard.ids()));
    } else if (targets instanceof Targets.MultiHot multi) {
      return new Targets.MultiHot(rows(multi.values()));
    } else if (targets instanceof Targets.Soft soft) {
      return new Targets.Soft(rows(soft.probabilities()));
    } else if (targets instanceof Targets.Mixed mixed) {
      return new Targets.Mixed(rows(mixed.a()), rows(mixed.b()), rows(mixed.share()));
    }
    Targets.Regions regions = (Targets.Regions) targets;
    return new Targets.Regions(rows(regions.ids()), regions.classes());
  }

  private MixShare rows(MixShare share) {
    return share instanceof MixShare.OfExamples each
        ? new MixShare.OfExamples(of(each.lambdas()))
        : share;
  }

  Targets classes(Targets targets) {
    if (targets instanceof Targets.ClassIds hard) {
      return new Targets.ClassIds(rename(hard.ids()));
    } else if (targets instanceof Targets.MultiHot multi) {
      return new Targets.MultiHot(columns(multi.values()));
    } else if (targets instanceof Targets.Soft soft) {
      return new Targets.Soft(columns(soft.probabilities()));
    } else if (targets instanceof Targets.Mixed mixed) {
      return new Targets.Mixed(classes(mixed.a()), classes(mixed.b()), mixed.share());
    }
    Targets.Regions regions = (Targets.Regions) targets;
    return new Targets.Regions(rename(regions.ids()), regions.classes());
  }

  private NDArray rename(NDArray ids) {
    long[] newId = new long[order.length + 1];
    for (int to = 0; to < order.length; to++) {
      newId[order[to]] = to;
    }
    newId[order.length] = order.length; // background stays background
    NDManager manager = ids.getManager();
    long[] renamed =
        Arrays.stream(ids.toType(DataType.INT64, true).toLongArray())
            .map(id -> newId[(int) id])
            .toArray();
    return manager.create(renamed);
  }
}
