package org.equipoise.losses;

import ai.djl.ndarray.NDArray;
import java.util.Set;
import org.equipoise.api.Described;
import org.equipoise.api.Explanation;
import org.equipoise.api.loss.BoundLoss;
import org.equipoise.api.loss.LogitGradient;
import org.equipoise.api.loss.LossInput;
import org.equipoise.api.loss.LossNeed;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.loss.PerExampleLoss;
import org.equipoise.api.loss.Targets;
import org.equipoise.api.stats.TrainStatistics;
import org.equipoise.api.tensor.Scalars;

/**
 * Knowledge distillation: the divergence from the teacher's softened probabilities to the
 * student's.
 *
 * <p>Gradients shrink with 1 / T^2 as the temperature rises; {@code multiplyByTemperatureSquared}
 * makes up for that, so that the temperature does not act as a learning rate. No gradient reaches
 * the teacher. Labels are not looked at (class weights go by them), so add a cross-entropy where
 * they should count.
 *
 * <p>Needs a teacher's logits for the same batch, (N, C). Takes any targets.
 *
 * @param temperature what both logits are divided by, &gt; 0
 * @param multiplyByTemperatureSquared whether the value is multiplied by T^2
 * @see <a href="https://arxiv.org/abs/1503.02531">Hinton et al. 2015, Distilling the Knowledge in a
 *     Neural Network, section 2</a>
 * @see <a href="https://arxiv.org/abs/2109.04075">Li et al. 2021, Self Supervision to Distillation
 *     for Long-Tailed Visual Recognition</a>
 */
@Described(
    summary = "The divergence from the teacher's softened probabilities to the student's.",
    formula =
        "l = [T^2] sum_j q_j (log q_j - log p_j), p = softmax(z / T), q = softmax(z_teacher / T)",
    source =
        "Hinton et al. 2015, Distilling the Knowledge in a Neural Network, section 2; T = 2 as in"
            + " Li et al. 2021, Self Supervision to Distillation",
    differs =
        "Hinton et al. use the cross-entropy to q, which has the same gradient; a divergence is 0"
            + " where student and teacher agree.")
public record KlDistillation(double temperature, boolean multiplyByTemperatureSquared)
    implements LossSpec {

  private static final int[] CLASS_AXIS = {1};

  /** Creates the loss of SSD-LT: {@code temperature} 2, multiplied by its square. */
  public KlDistillation() {
    this(2, true);
  }

  /** Checks the range. */
  public KlDistillation {
    if (!(temperature > 0 && temperature < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("temperature: must be > 0 and finite, was " + temperature);
    }
  }

  @Override
  public BoundLoss bind(TrainStatistics train) {
    double factor = multiplyByTemperatureSquared ? temperature * temperature : 1;
    return new Bound(typeName(), train.classes(), temperature, factor);
  }

  private record Bound(String who, int classes, double temperature, double factor)
      implements PerExampleLoss, LogitGradient {

    @Override
    public NDArray perExample(LossInput in) {
      NDArray student = softened(in).logSoftmax(1);
      NDArray teacher = softenedTeacher(in).logSoftmax(1);
      return Scalars.times(student.sub(teacher).mul(teacher.exp()).sum(CLASS_AXIS), -factor);
    }

    @Override
    public NDArray logitGradient(LossInput in) {
      return Scalars.times(
          softened(in).softmax(1).sub(softenedTeacher(in).softmax(1)), factor / temperature);
    }

    private NDArray softened(LossInput in) {
      Labels.requireWidth(who, in, classes);
      if (in.targets() instanceof Targets.Mixed) {
        throw Labels.unsupported(who, in.targets(), "any kind but Mixed");
      }
      return Scalars.over(in.logits(), temperature);
    }

    private NDArray softenedTeacher(LossInput in) {
      NDArray logits = Companions.teacher(who, in).logits();
      return Scalars.over(Companions.constant(who, "logits", logits, in.logits()), temperature);
    }

    @Override
    public Set<LossNeed> needs() {
      return Set.of(LossNeed.TEACHER);
    }

    @Override
    public Explanation explain(int classId) {
      return Explanation.of(
              classId,
              "Teaches the student the teacher's probability of class "
                  + classId
                  + "; counts play no part.")
          .with("temperature", temperature)
          .with("factor", factor);
    }
  }
}
