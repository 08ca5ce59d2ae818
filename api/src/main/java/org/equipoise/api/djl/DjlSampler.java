package org.equipoise.api.djl;

import ai.djl.training.dataset.RandomAccessDataset;
import ai.djl.training.dataset.Sampler;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;
import org.equipoise.api.random.RandomStreams;
import org.equipoise.api.sampling.LabelIndex;
import org.equipoise.api.sampling.SamplerSpec;
import org.equipoise.api.sampling.SamplingContext;
import org.equipoise.api.sampling.StaticSampler;

/**
 * A sampler of Equipoise as a DJL {@link Sampler}, for {@code setSampling(...)} of a data set.
 *
 * <p>Each call of {@link #sample} is one epoch more. Not safe for use by several threads.
 */
public final class DjlSampler implements Sampler {

  private final StaticSampler sampler;
  private final SamplingContext context;
  private int epoch;

  private DjlSampler(StaticSampler sampler, SamplingContext context) {
    this.sampler = sampler;
    this.context = context;
  }

  /**
   * Adapts a sampler.
   *
   * @param spec the sampler
   * @param index the labels of the train set
   * @param batchSize the number of examples a batch, &gt;= 1
   * @param epochs the number of epochs that will be trained, for samplers that change over time
   * @param seed the seed of all draws
   * @return a DJL sampler
   * @throws IllegalArgumentException if the sampler learns from training steps, of which DJL tells
   *     it nothing
   */
  public static DjlSampler of(
      SamplerSpec spec, LabelIndex index, int batchSize, int epochs, long seed) {
    SamplingContext context =
        new SamplingContext(index, batchSize, epochs, OptionalInt.empty(), new RandomStreams(seed));
    if (spec.bind(context) instanceof StaticSampler fixed) {
      return new DjlSampler(fixed, context);
    }
    throw new IllegalArgumentException(
        spec.typeName()
            + ": learns from every training step, of which DJL tells a sampler nothing; train with"
            + " equipoise");
  }

  @Override
  public Iterator<List<Long>> sample(RandomAccessDataset dataset) {
    if (dataset.size() != context.index().examples()) {
      throw new IllegalArgumentException(
          "sampler: bound to "
              + context.index().examples()
              + " labels, but the data set has "
              + dataset.size()
              + " items");
    }
    Iterator<int[]> batches = sampler.batches(epoch++);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return batches.hasNext();
      }

      @Override
      public List<Long> next() {
        int[] batch = batches.next();
        List<Long> items = new ArrayList<>(batch.length);
        for (int example : batch) {
          items.add((long) example);
        }
        return items;
      }
    };
  }

  @Override
  public int getBatchSize() {
    return context.batchSize();
  }
}
