package org.equipoise.samplers;

import org.equipoise.api.Described;
import org.equipoise.api.sampling.SamplerSpec;
import org.equipoise.api.sampling.SamplingContext;
import org.equipoise.api.sampling.StaticSampler;
import org.equipoise.api.stats.EmptyClassException;

/**
 * Draws every training example equally often, so that classes keep their long-tailed shares.
 *
 * <p>Each epoch is a permutation of the train split of its own: draws are without replacement. An
 * epoch with fewer draws than examples takes the beginning of its permutation; one with more goes
 * on with further permutations, so that no example is drawn twice before all are drawn once. Only
 * where one permutation ends and the next begins can a batch hold an example twice.
 *
 * <p>Has no hyperparameters. Binding costs nothing; an epoch takes one int per training example of
 * memory, a draw constant time.
 *
 * @see <a href="https://arxiv.org/abs/1910.09217">Kang et al. 2020, Decoupling Representation and
 *     Classifier for Long-Tailed Recognition, equation 1 with q = 1</a>
 */
@Described(
    summary = "Draws every training example equally often: one permutation of them an epoch.",
    formula = "p_c = n_c / sum_k n_k",
    source = "Kang et al. 2020 (arXiv 1910.09217), equation 1 with q = 1",
    differs = "Others accept a class without training examples; here it is refused by name.")
public record InstanceBalanced() implements SamplerSpec {

  /**
   * Binds the rule to a train split.
   *
   * @param context labels, batch size, streams
   * @return the sampler; {@code classProbabilities} are the shares n_c / n of the labels
   * @throws EmptyClassException if a class has no example: the logits of such a class would be
   *     trained as a negative only
   */
  @Override
  public StaticSampler bind(SamplingContext context) {
    context.index().counts().requireNoEmptyClass(typeName());
    return new PermutationSampler(context);
  }
}
