package org.equipoise.experiments.training;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.equipoise.api.random.RandomStreams;
import org.equipoise.api.sampling.EpochSampler;
import org.equipoise.api.sampling.LearnedSampler;
import org.equipoise.api.sampling.MetaStep;
import org.equipoise.api.sampling.SamplerSpec;
import org.equipoise.api.sampling.SamplingContext;

/**
 * A learned sampler: classes of a high loss are drawn more often.
 *
 * @param events where it writes down what happens to it
 */
record AdaptiveSampler(List<String> events) implements SamplerSpec {

  AdaptiveSampler() {
    this(new ArrayList<>());
  }

  @Override
  public EpochSampler bind(SamplingContext context) {
    return new Bound(context, events);
  }

  // What happened is no hyperparameter.
  @Override
  public String toString() {
    return "AdaptiveSampler[]";
  }

  private static final class Bound implements LearnedSampler {

    private final SamplingContext context;
    private final List<String> events;
    private double[] rates = {1, 1, 1};

    Bound(SamplingContext context, List<String> events) {
      this.context = context;
      this.events = events;
    }

    @Override
    public Iterator<int[]> batches(int epoch) {
      RandomStreams streams = context.random().within("sampler/epoch=" + epoch);
      return new Iterator<>() {
        private int batch;

        @Override
        public boolean hasNext() {
          return batch < steps(epoch);
        }

        @Override
        public int[] next() {
          events.add("draw");
          RandomGenerator random = streams.stream("batch=" + batch++);
          int[] examples = new int[context.batchSize()];
          for (int i = 0; i < examples.length; i++) {
            int drawn = draw(random.nextDouble());
            examples[i] =
                context.index().example(drawn, random.nextInt(context.index().count(drawn)));
          }
          return examples;
        }
      };
    }

    private int draw(double uniform) {
      double left = uniform * (rates[0] + rates[1] + rates[2]);
      int c = 0;
      while (c < 2 && left >= rates[c]) {
        left -= rates[c++];
      }
      return c;
    }

    @Override
    public int steps(int epoch) {
      return context.steps();
    }

    @Override
    public double[] classProbabilities(int epoch) {
      double sum = rates[0] + rates[1] + rates[2];
      return new double[] {rates[0] / sum, rates[1] / sum, rates[2] / sum};
    }

    @Override
    public void update(MetaStep step) {
      events.add(
          "update "
              + step.step()
              + (isAttached(step.loss()) || isAttached(step.outputs().logits())
                  ? " attached"
                  : ""));
      int c = (int) (step.step() % 3);
      rates[c] *= 1 + step.loss().getFloat() + Math.abs(step.outputs().logits().getFloat(0, c));
    }

    // Whether an array has a graph can only be found out by going back through it.
    private static boolean isAttached(NDArray array) {
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        collector.backward(array.sum());
        return true;
      } catch (EngineException e) {
        return !e.getMessage().contains("does not require grad");
      }
    }

    @Override
    public double[] classRates() {
      return rates.clone();
    }

    @Override
    public double[] state() {
      return rates.clone();
    }

    @Override
    public void restore(double[] saved) {
      rates = saved.clone();
    }
  }
}
