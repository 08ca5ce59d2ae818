package org.equipoise.samplers;

import org.equipoise.api.Described;
import org.equipoise.api.sampling.SamplerSpec;
import org.equipoise.api.sampling.SamplingContext;
import org.equipoise.api.sampling.StaticSampler;
import org.equipoise.api.stats.EmptyClassException;

/**
 * Draws every class equally often: first a class, uniformly, then one of its examples, uniformly.
 *
 * <p>Draws are independent and with replacement, within an epoch and within a batch: an example of
 * a class of 5 appears many times an epoch, one of a class of 5,000 in few epochs at all. Where an
 * example has several labels, the class that is drawn is uniform, and the example's other labels
 * come along with it; an example without labels is never drawn.
 *
 * <p>Has no hyperparameters. A draw takes constant time, an epoch no memory.
 *
 * <p>Released code differs in the joint law of a batch, not in the class rates: the {@code
 * ClassAwareSampler} of the decoupling paper's repository goes through shuffled lists of the
 * classes, takes 4 examples in a row of each, and goes through a shuffled list of each class's
 * examples before one comes again. Batches of it hold fewer classes, each of them 4 times.
 *
 * @see <a href="https://arxiv.org/abs/1910.09217">Kang et al. 2020, Decoupling Representation and
 *     Classifier for Long-Tailed Recognition, equation 1 with q = 0</a>
 */
@Described(
    summary = "Draws every class equally often: a class uniformly, then one of its examples.",
    formula = "p_c = 1 / K; within the class uniform; independent draws with replacement",
    source = "Kang et al. 2020 (arXiv 1910.09217), equation 1 with q = 0",
    differs =
        "The ClassAwareSampler of classifier-balancing cycles through shuffled lists of classes and"
            + " of each class's examples and draws 4 in a row of a class; here draws are"
            + " independent.")
public record ClassBalanced() implements SamplerSpec {

  /**
   * Binds the rule to a train split.
   *
   * @param context labels, batch size, streams
   * @return the sampler; {@code classProbabilities} are 1/K
   * @throws EmptyClassException if a class has no example to draw
   */
  @Override
  public StaticSampler bind(SamplingContext context) {
    context.index().counts().requireNoEmptyClass(typeName());
    return new ClassFirstSampler(context, new UniformClasses(context.index().classes()));
  }
}
