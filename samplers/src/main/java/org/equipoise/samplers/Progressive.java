package org.equipoise.samplers;

import java.util.Arrays;
import java.util.Iterator;
import org.equipoise.api.Described;
import org.equipoise.api.sampling.SamplerSpec;
import org.equipoise.api.sampling.SamplingContext;
import org.equipoise.api.sampling.StaticSampler;
import org.equipoise.api.stats.EmptyClassException;

/**
 * Progressively-balanced sampling: from the classes' own shares at the first epoch, step by step,
 * towards equal ones.
 *
 * <p>In epoch t (from 0) of T the share of class balance is t / T, so that the last epoch is (T -
 * 1) / T balanced. First a class is drawn, then one of its examples, uniformly; draws are
 * independent and with replacement. Has no hyperparameters: T is the length of the stage.
 *
 * @see <a href="https://arxiv.org/abs/1910.09217">Kang et al. 2020, Decoupling Representation and
 *     Classifier for Long-Tailed Recognition, equation 2</a>
 */
@Described(
    summary = "Moves from instance-balanced to class-balanced draws over the epochs of a stage.",
    formula = "p_c(t) = (1 - t/T) n_c / sum_k n_k + (t/T) / K in epoch t = 0 .. T - 1",
    source = "Kang et al. 2020 (arXiv 1910.09217), equation 2")
public record Progressive() implements SamplerSpec {

  /**
   * Binds the rule to a train split.
   *
   * @throws EmptyClassException if a class has no example to draw
   */
  @Override
  public StaticSampler bind(SamplingContext context) {
    context.index().counts().requireNoEmptyClass(typeName());
    return new Moving(context);
  }

  private record Moving(SamplingContext context) implements StaticSampler {

    private StaticSampler at(int epoch) {
      double balance = (double) epoch / context.epochs();
      double[] prior = context.index().counts().prior().toArray();
      double equal = balance / prior.length;
      double[] weights = Arrays.stream(prior).map(p -> (1 - balance) * p + equal).toArray();
      return new ClassFirstSampler(context, new WeightedClasses(weights));
    }

    @Override
    public Iterator<int[]> batches(int epoch) {
      return at(epoch).batches(epoch);
    }

    @Override
    public int steps(int epoch) {
      return context.steps();
    }

    @Override
    public double[] classProbabilities(int epoch) {
      return at(epoch).classProbabilities(epoch);
    }
  }
}
