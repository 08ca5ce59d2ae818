package com.acme;

import org.equipoise.api.Described;
import org.equipoise.api.Explanation;
import org.equipoise.api.loss.BoundLoss;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.loss.SoftmaxLoss;
import org.equipoise.api.stats.TrainStatistics;
import org.equipoise.api.tensor.Scalars;

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
    return new SoftmaxLoss(typeName(), z -> Scalars.over(z, temperature), this::explain);
  }

  private Explanation explain(int classId) {
    return Explanation.of(classId, "Every class alike.").with("temperature", temperature);
  }
}
