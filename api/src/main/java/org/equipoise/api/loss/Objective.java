package org.equipoise.api.loss;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.Optional;
import org.equipoise.api.Named;
import org.equipoise.api.tensor.Scalars;

/**
 * What training minimises: a loss, a class weighting and a reduction, put together.
 *
 * <p>Mixed targets are taken apart here, so that no loss ever sees them: the objective of a mixture
 * is the mixture of the two objectives. Where each example has a share of its own, its value counts
 * by that share in each of the two objectives, before the reduction, which divides by what it would
 * divide by without shares: so the objective is linear in the shares, and equal ones are the same
 * as one share of the batch. A loss that couples its batch or keeps state has no value an example
 * that a share could apply to, and refuses them. The running state of a {@link StatefulLoss} is
 * held here; {@link #evaluate} never changes it, {@link #advance} does.
 *
 * <p>Not safe for use by several threads at a time.
 */
public abstract sealed class Objective {

  /**
   * Puts a loss together with a weighting and a reduction.
   *
   * @param loss the bound loss
   * @param classWeights one weight a class, or none
   * @param reduction how a batch becomes one number; a loss that couples a batch reduces itself
   * @return the objective
   * @throws IllegalArgumentException if weights are given to a loss that couples a batch or keeps
   *     state
   */
  public static Objective of(
      BoundLoss loss, Optional<ClassVector> classWeights, Reduction reduction) {
    if (loss instanceof PerExampleLoss perExample) {
      return new PerExample(perExample, classWeights, reduction);
    }
    if (classWeights.isPresent()) {
      throw new IllegalArgumentException(
          "class weighting: "
              + name(loss)
              + " has no value per example that a weight could apply to");
    }
    return loss instanceof StatefulLoss<?> stateful
        ? new Stateful<>(stateful)
        : new WholeBatch((BatchLoss) loss);
  }

  /**
   * Changes the class weights from now on, as a rule wants that changes over a stage.
   *
   * @param classWeights one weight a class
   * @throws IllegalArgumentException if the objective was put together without class weights
   */
  public void reweight(ClassVector classWeights) {
    throw new IllegalArgumentException("this objective was put together without class weights");
  }

  /**
   * Returns the value that is differentiated.
   *
   * @param in the batch
   * @return a scalar, in nats, dtype of the logits
   * @throws UnsupportedOperationException if examples have shares of their own, but the loss no
   *     value per example
   */
  public final NDArray evaluate(LossInput in) {
    return evaluate(in, Optional.empty());
  }

  private NDArray evaluate(LossInput in, Optional<NDArray> shares) {
    if (!(in.targets() instanceof Targets.Mixed mixed)) {
      return ofPlain(in, shares);
    }
    LossInput first = in.withTargets(mixed.a());
    LossInput second = in.withTargets(mixed.b());
    if (mixed.share() instanceof MixShare.OfExamples each) {
      double[] lambdas = each.lambdas();
      return evaluate(first, Optional.of(scaled(in, lambdas, shares)))
          .add(evaluate(second, Optional.of(scaled(in, rest(lambdas), shares))));
    }
    double lambda = ((MixShare.OfBatch) mixed.share()).lambda();
    return Scalars.times(evaluate(first, shares), lambda)
        .add(Scalars.times(evaluate(second, shares), 1 - lambda));
  }

  private static NDArray scaled(LossInput in, double[] lambdas, Optional<NDArray> shares) {
    long examples = in.logits().getShape().get(0);
    if (lambdas.length != examples) {
      throw new IllegalArgumentException(
          "mixed targets: "
              + lambdas.length
              + " shares for a batch of "
              + examples
              + " examples; expected one each");
    }
    NDArray of = in.logits().getManager().create(lambdas);
    NDArray own = of.toType(in.logits().getDataType(), false);
    return shares.map(own::mul).orElse(own);
  }

  private static double[] rest(double[] lambdas) {
    return Arrays.stream(lambdas).map(lambda -> 1 - lambda).toArray();
  }

  /**
   * Says whether {@link #logitGradient} can be had: one value an example, a loss with a {@link
   * LogitGradient}, and no class weights.
   *
   * @return false unless all of that holds
   */
  public boolean hasLogitGradient() {
    return false;
  }

  /**
   * Returns the gradient of the objective by the logits, in closed form.
   *
   * @param in the batch, with one class an example; never mutated
   * @return (N, C), the reduction included
   * @throws UnsupportedOperationException unless {@link #hasLogitGradient}, and for other targets
   */
  public NDArray logitGradient(LossInput in) {
    throw new UnsupportedOperationException(
        "this objective has no gradient by the logits in closed form");
  }

  /**
   * Takes note of a batch that was trained on.
   *
   * @param in the batch; of mixed targets the first labels count
   */
  public final void advance(LossInput in) {
    if (in.targets() instanceof Targets.Mixed mixed) {
      advance(in.withTargets(mixed.a()));
    } else {
      advancePlain(in);
    }
  }

  /**
   * Writes the running state down, for a checkpoint.
   *
   * @return the numbers; empty if there is no state
   */
  public double[] state() {
    return new double[0];
  }

  /**
   * Takes up a state that {@link #state} wrote.
   *
   * @param saved the numbers
   */
  public void restore(double[] saved) {
    if (saved.length != 0) {
      throw new IllegalArgumentException("this loss keeps no state, but a state was saved");
    }
  }

  /**
   * Evaluates targets that are not mixed.
   *
   * @param in the batch
   * @param shares by how much each example counts, (N), dtype of the logits; none if fully
   */
  abstract NDArray ofPlain(LossInput in, Optional<NDArray> shares);

  void advancePlain(LossInput in) {}

  /** The loss's name for messages: that of its spec, if it is nested in it. */
  private static String name(BoundLoss loss) {
    Class<?> type = loss.getClass();
    Class<?> outer = type.getEnclosingClass();
    boolean nested = outer != null && LossSpec.class.isAssignableFrom(outer);
    return nested ? Named.kebabCase(outer.getSimpleName()) : type.getSimpleName();
  }

  private static void requireNoShares(BoundLoss loss, Optional<NDArray> shares) {
    if (shares.isPresent()) {
      throw new UnsupportedOperationException(
          "mixed targets: "
              + name(loss)
              + " couples its batch or keeps state, so there is no value per example that a share"
              + " of its own could apply to; mix with one share a batch (mixup), or train with a"
              + " loss that has one value per example");
    }
  }

  private static final class PerExample extends Objective {
    private final PerExampleLoss loss;
    private Optional<ClassVector> classWeights;
    private final Reduction reduction;

    PerExample(PerExampleLoss loss, Optional<ClassVector> classWeights, Reduction reduction) {
      this.loss = loss;
      this.classWeights = classWeights;
      this.reduction = reduction;
    }

    @Override
    public void reweight(ClassVector other) {
      if (classWeights.isEmpty()) {
        super.reweight(other);
      }
      classWeights = Optional.of(other);
    }

    @Override
    public boolean hasLogitGradient() {
      return loss instanceof LogitGradient && classWeights.isEmpty();
    }

    @Override
    public NDArray logitGradient(LossInput in) {
      if (!(loss instanceof LogitGradient closed)
          || classWeights.isPresent()
          || !(in.targets() instanceof Targets.ClassIds)) {
        return super.logitGradient(in);
      }
      NDArray rows = closed.logitGradient(in);
      if (reduction == Reduction.SUM) {
        return rows;
      }
      try (rows) {
        return Scalars.over(rows, (double) in.logits().getShape().get(0));
      }
    }

    @Override
    NDArray ofPlain(LossInput in, Optional<NDArray> shares) {
      if (classWeights.isEmpty()) {
        return reduction.reduce(counted(loss.perExample(in), shares));
      }
      NDArray weights = classWeights.get().beside(in.logits());
      NDArray values = counted(loss.perExample(in, weights), shares);
      return reduction.reduce(values, ExampleWeights.of(in, weights));
    }

    private static NDArray counted(NDArray values, Optional<NDArray> shares) {
      return shares.map(values::mul).orElse(values);
    }
  }

  private static final class WholeBatch extends Objective {
    private final BatchLoss loss;

    WholeBatch(BatchLoss loss) {
      this.loss = loss;
    }

    @Override
    NDArray ofPlain(LossInput in, Optional<NDArray> shares) {
      requireNoShares(loss, shares);
      return loss.evaluate(in);
    }
  }

  private static final class Stateful<S> extends Objective {
    private final StatefulLoss<S> loss;
    private S state;

    Stateful(StatefulLoss<S> loss) {
      this.loss = loss;
      this.state = loss.initial();
    }

    @Override
    NDArray ofPlain(LossInput in, Optional<NDArray> shares) {
      requireNoShares(loss, shares);
      return loss.evaluate(state, in);
    }

    @Override
    void advancePlain(LossInput in) {
      state = loss.advance(state, in);
    }

    @Override
    public double[] state() {
      return loss.encode(state);
    }

    @Override
    public void restore(double[] saved) {
      state = loss.decode(saved);
    }
  }
}
