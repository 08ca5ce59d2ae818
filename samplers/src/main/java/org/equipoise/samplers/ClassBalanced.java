package org.equipoise.samplers;

import org.equipoise.api.Described;
import org.equipoise.api.sampling.SamplerSpec;
import org.equipoise.api.sampling.SamplingContext;
import org.equipoise.api.sampling.StaticSampler;
import org.equipoise.api.stats.EmptyClassException;

/**
 * Draws every class equally often: first a class, uniformly, then one of its examples, uniformly.
 *
 * <p>By default draws are independent and with replacement, within an epoch and within a batch: an
 * example of a class of 5 appears many times an epoch, one of a class of 5,000 in few epochs at
 * all. Where an example has several labels, the class that is drawn is uniform, and the example's
 * other labels come along with it; an example without labels is never drawn. For images with any
 * number of objects see {@link ClassAwareImages}.
 *
 * <p>A draw takes constant time. An epoch takes no memory, or, if {@code cycling}, at most one int
 * per training example.
 *
 * <p>The {@code ClassAwareSampler} of the decoupling paper's repository is {@code perClass} 4 and
 * {@code cycling}, but for two things: here an epoch is a function of seed and epoch and starts new
 * cycles, there they go on; and there an epoch may have n_max K draws. The class rates are the same
 * in all forms; what differs is how many classes a batch holds, and how evenly.
 *
 * @param perClass how many examples in a row are drawn of each class, &gt;= 1; default 1
 * @param cycling whether classes are drawn in shuffled cycles, each once before any comes again,
 *     and so are the examples of each class; default false: all draws are independent
 * @see <a href="https://arxiv.org/abs/1910.09217">Kang et al. 2020, Decoupling Representation and
 *     Classifier for Long-Tailed Recognition, equation 1 with q = 0</a>
 */
@Described(
    summary = "Draws every class equally often: a class uniformly, then one of its examples.",
    formula =
        "p_c = 1 / K; within the class uniform; perClass draws in a row of a class; independent, or"
            + " in shuffled cycles of classes and of each class's examples",
    source = "Kang et al. 2020 (arXiv 1910.09217), equation 1 with q = 0",
    differs =
        "The ClassAwareSampler of classifier-balancing is perClass 4 and cycling; its cycles go on"
            + " from one epoch to the next, here every epoch starts new ones.")
public record ClassBalanced(int perClass, boolean cycling) implements SamplerSpec {

  /** Independent draws. */
  public ClassBalanced() {
    this(1, false);
  }

  /** Checks the range. */
  public ClassBalanced {
    if (perClass < 1) {
      throw new IllegalArgumentException("perClass: must be >= 1, was " + perClass);
    }
  }

  /**
   * Binds the rule to a train split.
   *
   * @param context labels, batch size, streams
   * @return the sampler; where every example has one label, {@code classProbabilities} are 1/K
   * @throws EmptyClassException if a class has no example to draw
   */
  @Override
  public StaticSampler bind(SamplingContext context) {
    context.index().counts().requireNoEmptyClass(typeName());
    return ClassFirstSampler.balanced(context, perClass, cycling);
  }
}
