package org.equipoise.testkit;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import org.equipoise.api.Described;
import org.equipoise.api.Explanation;
import org.equipoise.api.loss.BoundLoss;
import org.equipoise.api.loss.ClassVector;
import org.equipoise.api.loss.LogitGradient;
import org.equipoise.api.loss.LossInput;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.loss.PerExampleLoss;
import org.equipoise.api.loss.Targets;
import org.equipoise.api.stats.TrainStatistics;

/**
 * A loss that keeps the contract: cross-entropy of logits shifted by the log prior.
 *
 * @param strength the factor of the shift
 */
@Described(
    summary = "Cross-entropy of shifted logits.",
    formula = "l = -log softmax(z + s log pi)_y",
    source = "Equipoise")
public record ToyLoss(double strength) implements LossSpec {

  /** Creates a loss of strength 1. */
  public ToyLoss() {
    this(1);
  }

  @Override
  public BoundLoss bind(TrainStatistics train) {
    train.instances().requireNoEmptyClass(typeName());
    return new Bound(
        ClassVector.of(
            Arrays.stream(train.instances().prior().log()).map(l -> strength * l).toArray()));
  }

  static class Bound implements PerExampleLoss, LogitGradient {
    private final ClassVector shift;

    Bound(ClassVector shift) {
      this.shift = shift;
    }

    @Override
    public NDArray perExample(LossInput in) {
      NDArray logits = in.logits();
      return logits
          .add(shift.beside(logits))
          .logSoftmax(1)
          .gather(ids(in).expandDims(1), 1)
          .squeeze(1)
          .neg();
    }

    @Override
    public NDArray logitGradient(LossInput in) {
      NDArray logits = in.logits();
      NDArray truth = ids(in).oneHot(in.classes(), logits.getDataType());
      return logits.add(shift.beside(logits)).softmax(1).sub(truth);
    }

    @Override
    public Explanation explain(int classId) {
      return Explanation.of(classId, "Shifts it.").with("logitShift", shift.get(classId));
    }

    static NDArray ids(LossInput in) {
      if (in.targets() instanceof Targets.ClassIds hard) {
        return hard.ids();
      }
      throw new UnsupportedOperationException(
          "toy-loss: takes ClassIds, not " + in.targets().getClass().getSimpleName());
    }
  }
}
