package com.acme;

import ai.djl.ndarray.NDArray;
import org.equipoise.api.Described;
import org.equipoise.api.Explanation;
import org.equipoise.api.loss.BoundLoss;
import org.equipoise.api.loss.LossInput;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.loss.PerExampleLoss;
import org.equipoise.api.loss.Targets;
import org.equipoise.api.stats.TrainStatistics;

@Described(
    summary = "Cross-entropy of logits divided by a temperature.",
    formula = "l = -log softmax(z / T)_y",
    source = "Acme")
public record Tempered(double temperature) implements LossSpec {

  public Tempered() {
    this(2.0);
  }

  @Override
  public String typeName() {
    return "acme/tempered";
  }

  @Override
  public BoundLoss bind(TrainStatistics train) {
    return new Bound(temperature);
  }

  private record Bound(double temperature) implements PerExampleLoss {

    @Override
    public NDArray perExample(LossInput in) {
      if (in.targets() instanceof Targets.ClassIds targets) {
        NDArray logProbabilities = in.logits().div(temperature).logSoftmax(1);
        try (NDArray column = targets.ids().expandDims(1)) {
          return logProbabilities.gather(column, 1).squeeze(1).neg();
        }
      }
      throw new UnsupportedOperationException(
          "acme/tempered: does not take " + in.targets().getClass().getSimpleName());
    }

    @Override
    public Explanation explain(int classId) {
      return Explanation.of(classId, "Every class alike.").with("temperature", temperature);
    }
  }
}
