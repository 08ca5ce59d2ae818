package org.equipoise.samplers;

import java.util.Iterator;
import java.util.Objects;
import org.equipoise.api.Described;
import org.equipoise.api.sampling.EpochSampler;
import org.equipoise.api.sampling.SamplerSpec;
import org.equipoise.api.sampling.SamplingContext;
import org.equipoise.api.sampling.StaticSampler;

/**
 * Deferred re-sampling (DRS): one rule until an epoch, another from then on.
 *
 * <p>{@code startEpoch} is the first epoch of the second rule, counted from 0. A stage that ends
 * before it is refused. Both rules draw from the streams of their own epochs, so that each epoch is
 * what it would be under its rule alone. A rule that learns has no place here: it would miss the
 * steps of the other.
 *
 * @param first the rule before; default {@link InstanceBalanced}
 * @param then the rule from the epoch on; default {@link ClassBalanced}
 * @param startEpoch the first epoch of the second rule, &gt;= 0; default 160, published for stages
 *     of 200
 * @see <a href="https://arxiv.org/abs/1906.07413">Cao et al. 2019, Learning Imbalanced Datasets
 *     with Label-Distribution-Aware Margin Loss, algorithm 1, with re-sampling in place of
 *     re-weighting</a>
 */
@Described(
    summary = "One sampler until an epoch, another from then on.",
    formula = "p_c(epoch) is that of the first for epoch < startEpoch, else that of the second",
    source =
        "Cao et al. 2019, Learning Imbalanced Datasets with Label-Distribution-Aware Margin Loss,"
            + " algorithm 1, with re-sampling in place of re-weighting",
    differs =
        "The released code of LDAM re-samples in all epochs or none and by the effective number;"
            + " deferring and balancing classes is what later work means by DRS.")
public record DeferredResampling(SamplerSpec first, SamplerSpec then, int startEpoch)
    implements SamplerSpec {

  /** Instance-balanced, and class-balanced from epoch 160 on. */
  public DeferredResampling() {
    this(new InstanceBalanced(), new ClassBalanced(), 160);
  }

  /** Checks the range. */
  public DeferredResampling {
    Objects.requireNonNull(first, "first");
    Objects.requireNonNull(then, "then");
    if (startEpoch < 0) {
      throw new IllegalArgumentException("startEpoch: must be >= 0, was " + startEpoch);
    }
  }

  /**
   * Binds both rules to a train split.
   *
   * @throws IllegalArgumentException if the stage has no epoch for the second rule, or a rule
   *     learns
   */
  @Override
  public StaticSampler bind(SamplingContext context) {
    if (startEpoch >= context.epochs()) {
      throw new IllegalArgumentException(
          "deferred-resampling: startEpoch is "
              + startEpoch
              + ", but the stage has "
              + context.epochs()
              + " epochs; expected fewer than those");
    }
    return new Switching(fixed(first, context), fixed(then, context), startEpoch);
  }

  private static StaticSampler fixed(SamplerSpec spec, SamplingContext context) {
    if (spec.bind(context) instanceof StaticSampler fixed) {
      return fixed;
    }
    throw new IllegalArgumentException(
        "deferred-resampling: sampler \""
            + spec.typeName()
            + "\" learns; expected one that does not");
  }

  private record Switching(StaticSampler first, StaticSampler then, int startEpoch)
      implements StaticSampler {

    private EpochSampler at(int epoch) {
      return epoch < startEpoch ? first : then;
    }

    @Override
    public Iterator<int[]> batches(int epoch) {
      return at(epoch).batches(epoch);
    }

    @Override
    public int steps(int epoch) {
      return at(epoch).steps(epoch);
    }

    @Override
    public double[] classProbabilities(int epoch) {
      return at(epoch).classProbabilities(epoch);
    }
  }
}
