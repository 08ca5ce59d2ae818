package org.equipoise.api.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import java.util.Optional;

/**
 * What training minimises: a loss, a class weighting and a reduction, put together.
 *
 * <p>Mixed targets are taken apart here, so that no loss ever sees them: the objective of a mixture
 * is the mixture of the two objectives. The running state of a {@link StatefulLoss} is held here;
 * {@link #evaluate} never changes it, {@link #advance} does.
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
              + loss.getClass().getSimpleName()
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
   */
  public final NDArray evaluate(LossInput in) {
    if (in.targets() instanceof Targets.Mixed mixed) {
      NDArray a = evaluate(in.withTargets(mixed.a()));
      NDArray b = evaluate(in.withTargets(mixed.b()));
      // Not a.mul(lambda): a scalar array times a Java double is float64, whatever the array was.
      NDArray shares = ClassVector.of(mixed.lambda(), 1 - mixed.lambda()).beside(in.logits());
      return NDArrays.stack(new NDList(a, b)).mul(shares).sum();
    }
    return ofPlain(in);
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

  abstract NDArray ofPlain(LossInput in);

  void advancePlain(LossInput in) {}

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
      return reduction == Reduction.SUM ? rows : rows.div(in.logits().getShape().get(0));
    }

    @Override
    NDArray ofPlain(LossInput in) {
      if (classWeights.isEmpty()) {
        return reduction.reduce(loss.perExample(in));
      }
      NDArray weights = classWeights.get().beside(in.logits());
      return reduction.reduce(loss.perExample(in, weights), ExampleWeights.of(in, weights));
    }
  }

  private static final class WholeBatch extends Objective {
    private final BatchLoss loss;

    WholeBatch(BatchLoss loss) {
      this.loss = loss;
    }

    @Override
    NDArray ofPlain(LossInput in) {
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
    NDArray ofPlain(LossInput in) {
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
