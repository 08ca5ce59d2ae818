package org.equipoise.api.training;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** An optimizer at work: it owns the buffers that it keeps for each parameter. */
public interface BoundOptimizer extends AutoCloseable {

  /**
   * Moves the parameters to where the gradients of this step are to be taken, if not where they
   * are.
   *
   * <p>For rules of two gradients a step. Called before {@link #step}, outside any gradient scope,
   * with the gradients at the parameters as they are. If it returns true, the gradients are taken
   * anew on the same batch, with the same random draws, and {@code step} is called with those; it
   * puts the parameters back before it changes them. Running statistics keep what they were after
   * the first gradients.
   *
   * @param parameters the parameters with their gradients; changed in place if true is returned
   * @return whether the parameters were moved; false unless overridden
   */
  default boolean ascend(List<Trainable> parameters) {
    return false;
  }

  /**
   * Changes every parameter in place, once.
   *
   * <p>Called outside any gradient scope. A parameter that no gradient has reached yet is not among
   * the parameters, and so neither decays nor moves; from its first gradient on it always is.
   *
   * @param parameters the parameters with their gradients; always in the same order
   * @param learningRate the learning rate of this step, &gt;= 0
   */
  void step(List<Trainable> parameters, double learningRate);

  /**
   * Says how the next {@link #step} will move a parameter, if that is by stochastic gradient
   * descent, with momentum or not.
   *
   * @param parameter the parameter; its gradient is not looked at
   * @param learningRate the learning rate of that step, &gt;= 0
   * @return the step as a function of the gradient; empty for another rule, and unless overridden
   */
  default Optional<SgdStep> sgdStep(Trainable parameter, double learningRate) {
    return Optional.empty();
  }

  /**
   * Returns the buffers, for a checkpoint.
   *
   * @return arrays that this optimizer owns, by a name that says parameter and buffer
   */
  SortedMap<String, NDArray> state();

  /**
   * Takes up buffers that {@link #state} gave.
   *
   * @param saved the buffers, by name; copied
   * @param parameters the parameters they belong to, those without a gradient so far included
   */
  void restore(SortedMap<String, NDArray> saved, List<Trainable> parameters);

  /** Frees the buffers. */
  @Override
  void close();

  /**
   * One parameter that is trained.
   *
   * @param name its name, unique in the model
   * @param decayed whether it is a weight of a layer (true) or a bias or a normalisation's scale or
   *     shift (false), which some rules do not decay
   * @param value the parameter; changed in place
   * @param gradient its gradient, of the same shape
   */
  record Trainable(String name, boolean decayed, NDArray value, NDArray gradient) {}
}
