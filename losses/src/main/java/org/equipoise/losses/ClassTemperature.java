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

  static BoundLoss bind(String who, TrainStatistics train, double gamma, double tau) {
    train.instances().requireNoEmptyClass(who);
    long[] counts = train.instances().toArray();
    double largest = Arrays.stream(counts).max().orElseThrow();
    double[] factor =
        Arrays.stream(counts).mapToDouble(n -> Math.pow(n / largest, gamma)).toArray();
    double[] shift = Arrays.stream(train.instances().prior().log()).map(log -> tau * log).toArray();
    return new SoftmaxCrossEntropy(
        who,
        train.classes(),
        Optional.of(ClassVector.of(factor)),
        tau == 0 ? Optional.empty() : Optional.of(ClassVector.of(shift)),
        0,
        c -> explain(c, 1 / factor[c], tau == 0 ? 0 : shift[c]));
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
