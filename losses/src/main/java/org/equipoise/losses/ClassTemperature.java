package org.equipoise.losses;

import java.util.Arrays;
import java.util.Optional;
import org.equipoise.api.Explanation;
import org.equipoise.api.loss.BoundLoss;
import org.equipoise.api.loss.ClassVector;
import org.equipoise.api.stats.TrainStatistics;

/** Binds losses that divide each logit by a temperature of its class. */
final class ClassTemperature {

  private ClassTemperature() {}

  /** Binds a loss that divides by temperatures alone. */
  static BoundLoss bind(String who, TrainStatistics train, double gamma) {
    return bind(who, train, gamma, new double[train.classes()]);
  }

  /** Binds a loss that divides by temperatures, and then adds a shift a class. */
  static BoundLoss bind(String who, TrainStatistics train, double gamma, double[] shift) {
    train.instances().requireNoEmptyClass(who);
    long[] counts = train.instances().toArray();
    double largest = Arrays.stream(counts).max().orElseThrow();
    double[] factor =
        Arrays.stream(counts).mapToDouble(n -> Math.pow(n / largest, gamma)).toArray();
    boolean shifts = Arrays.stream(shift).anyMatch(s -> s != 0);
    return new SoftmaxCrossEntropy(
        who,
        train.classes(),
        Optional.of(ClassVector.of(factor)),
        shifts ? Optional.of(ClassVector.of(shift)) : Optional.empty(),
        0,
        c -> shifts ? explain(c, 1 / factor[c], shift[c]) : explain(c, 1 / factor[c]));
  }

  private static Explanation explain(int classId, double temperature) {
    return Explanation.of(
            classId,
            "In training, the logit of class "
                + classId
                + " is divided by a temperature, so the network has to make up for it.")
        .with("temperature", temperature);
  }

  private static Explanation explain(int classId, double temperature, double shift) {
    return Explanation.of(
            classId,
            "In training, the logit of class "
                + classId
                + " is divided by a temperature and then shifted, so the network has to make up"
                + " for both.")
        .with("temperature", temperature)
        .with("logitShift", shift);
  }

  static void requireGamma(double gamma) {
    if (!Double.isFinite(gamma)) {
      throw new IllegalArgumentException("gamma: must be finite, was " + gamma);
    }
  }
}
