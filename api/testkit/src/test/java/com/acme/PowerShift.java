package com.acme;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import org.equipoise.api.Described;
import org.equipoise.api.Explanation;
import org.equipoise.api.loss.BoundLoss;
import org.equipoise.api.loss.ClassVector;
import org.equipoise.api.loss.LossInput;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.loss.PerExampleLoss;
import org.equipoise.api.loss.Targets;
import org.equipoise.api.stats.TrainStatistics;

/**
 * Cross-entropy of logits that are shifted by a power of the relative class counts.
 *
 * @param power the power, finite; default one half
 */
@Described(
    summary = "Cross-entropy of logits that are shifted by a power of the relative class counts.",
    formula = "l = -log softmax(z + (n / n_max)^power)_y",
    source = "Acme, internal report 7, equation 1")
public record PowerShift(double power) implements LossSpec {

  /** The square root of the counts. */
  public PowerShift() {
    this(0.5);
  }

  /** Checks the range. */
  public PowerShift {
    if (!Double.isFinite(power)) {
      throw new IllegalArgumentException("power: must be finite, was " + power);
    }
  }

  @Override
  public String typeName() {
    return "acme/power-shift";
  }

  @Override
  public BoundLoss bind(TrainStatistics train) {
    train.instances().requireNoEmptyClass(typeName());
    long most = Arrays.stream(train.instances().toArray()).max().orElseThrow();
    double[] shifts = new double[train.classes()];
    Arrays.setAll(shifts, c -> Math.pow((double) train.instances().count(c) / most, power));
    return new Bound(ClassVector.of(shifts));
  }

  private record Bound(ClassVector shift) implements PerExampleLoss {

    @Override
    public NDArray perExample(LossInput in) {
      if (in.targets() instanceof Targets.ClassIds hard) {
        // A result lives in the manager of the logits if they are its first operand, or if a class
        // vector is added to them; what the labels come first in is closed.
        NDArray logProbabilities = shift.addedTo(in.logits()).logSoftmax(1);
        try (NDArray column = hard.ids().expandDims(1)) {
          return logProbabilities.gather(column, 1).squeeze(1).neg();
        }
      }
      throw new UnsupportedOperationException(
          "acme/power-shift: takes ClassIds, not " + in.targets().getClass().getSimpleName());
    }

    @Override
    public Explanation explain(int classId) {
      return Explanation.of(classId, "In training, the logit of the class is shifted.")
          .with("logitShift", shift.get(classId));
    }
  }
}
