package org.equipoise.testkit;

import java.util.Arrays;
import java.util.Iterator;
import java.util.function.IntUnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.equipoise.api.Described;
import org.equipoise.api.sampling.EpochSampler;
import org.equipoise.api.sampling.LabelIndex;
import org.equipoise.api.sampling.SamplerSpec;
import org.equipoise.api.sampling.SamplingContext;
import org.equipoise.api.sampling.StaticSampler;

/** A sampler that keeps the contract: each draw is any example, with replacement. */
@Described(
    summary = "Draws any example with replacement.",
    formula = "p_c = n_c / n",
    source = "Equipoise")
public record ToySampler() implements SamplerSpec {

  @Override
  public EpochSampler bind(SamplingContext context) {
    return new Bound(context);
  }

  static class Bound implements StaticSampler {
    final SamplingContext context;

    Bound(SamplingContext context) {
      this.context = context;
    }

    @Override
    public Iterator<int[]> batches(int epoch) {
      return fill(context.random().stream("sampler/epoch=" + epoch));
    }

    Iterator<int[]> fill(RandomGenerator random) {
      int examples = context.index().examples();
      return fill(draw -> random.nextInt(examples));
    }

    Iterator<int[]> fill(IntUnaryOperator draw) {
      int batch = context.batchSize();
      return IntStream.range(0, context.steps())
          .mapToObj(
              step ->
                  IntStream.range(
                          step * batch, Math.min((step + 1) * batch, context.drawsPerEpoch()))
                      .map(draw)
                      .toArray())
          .iterator();
    }

    @Override
    public int steps(int epoch) {
      return context.steps();
    }

    @Override
    public double[] classProbabilities(int epoch) {
      LabelIndex index = context.index();
      double[] probabilities = new double[index.classes()];
      Arrays.setAll(probabilities, c -> (double) index.count(c) / index.examples());
      return probabilities;
    }
  }
}
