package org.equipoise.testkit;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.equipoise.api.Explanation;
import org.equipoise.api.loss.LossInput;
import org.equipoise.api.loss.Targets;

/** A softmax loss, computed from what it says of the classes. */
final class ExplainedSoftmax {

  // A prior is said beside the shift that it causes.
  private static final Set<String> UNDERSTOOD =
      Set.of("temperature", "logitShift", "margin", "scale", "labelSmoothing", "prior");

  private ExplainedSoftmax() {}

  static Optional<double[]> values(LossInput in, List<Explanation> classes) {
    boolean understood =
        classes.stream().allMatch(said -> UNDERSTOOD.containsAll(said.numbers().keySet()));
    if (!understood
        || !(in.targets() instanceof Targets.ClassIds hard)
        || in.objectness().isPresent()
        || in.classes() != classes.size()) {
      return Optional.empty();
    }
    double[] logits = Numbers.of(in.logits());
    long[] labels = hard.ids().toLongArray();
    double[] values = new double[labels.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(logits, i * classes.size(), (int) labels[i], classes);
    }
    return Optional.of(values);
  }

  private static double value(double[] logits, int from, int label, List<Explanation> classes) {
    double[] changed = new double[classes.size()];
    double sum = 0;
    for (int c = 0; c < changed.length; c++) {
      Explanation said = classes.get(c);
      double margin = c == label ? number(said, "margin", 0) : 0;
      double shifted =
          logits[from + c] / number(said, "temperature", 1) + number(said, "logitShift", 0);
      changed[c] = number(said, "scale", 1) * (shifted - margin);
      sum += Math.exp(changed[c]);
    }
    double smoothing = number(classes.get(label), "labelSmoothing", 0);
    double value = 0;
    for (int c = 0; c < changed.length; c++) {
      double share = smoothing / changed.length + (c == label ? 1 - smoothing : 0);
      value += share * (Math.log(sum) - changed[c]);
    }
    return value;
  }

  private static double number(Explanation said, String name, double otherwise) {
    return said.numbers().getOrDefault(name, otherwise);
  }
}
