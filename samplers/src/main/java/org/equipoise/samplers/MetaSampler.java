package org.equipoise.samplers;

import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.equipoise.api.random.RandomStreams;
import org.equipoise.api.sampling.LabelIndex;
import org.equipoise.api.sampling.LearnedSampler;
import org.equipoise.api.sampling.LookAhead;
import org.equipoise.api.sampling.MetaStep;
import org.equipoise.api.sampling.SamplingContext;

/** {@link Meta} at work. */
final class MetaSampler implements LearnedSampler {

  private final Meta spec;
  private final SamplingContext context;
  private final LearnedRates rates;
  private final MetaLoss loss;
  private final LabelIndex judged;
  private final double[] room;
  // The gradient of a step goes through the very noise that its batch was drawn with.
  private Optional<SoftDraw> drawn = Optional.empty();

  MetaSampler(
      Meta spec, SamplingContext context, LearnedRates rates, MetaLoss loss, LabelIndex judged) {
    this.spec = spec;
    this.context = context;
    this.rates = rates;
    this.loss = loss;
    this.judged = judged;
    this.room = new double[Math.multiplyExact(context.batchSize(), context.index().classes())];
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
        if (!hasNext()) {
          throw new NoSuchElementException("sampler: the epoch has no batch left");
        }
        int left = context.drawsPerEpoch() - batch * context.batchSize();
        RandomGenerator random = streams.stream("batch=" + batch++);
        SoftDraw draw = draw(Math.min(context.batchSize(), left), random);
        drawn = Optional.of(draw);
        return draw.examples();
      }
    };
  }

  private SoftDraw draw(int size, RandomGenerator random) {
    return SoftDraw.of(
        room,
        context.index(),
        rates.values(),
        spec.temperature(),
        spec.level(),
        size,
        new Noise.OfStream(random));
  }

  @Override
  public int steps(int epoch) {
    return context.steps();
  }

  @Override
  public double[] classProbabilities(int epoch) {
    double[] shares = rates.values();
    Arrays.setAll(shares, c -> shares[c] * context.index().count(c));
    double sum = Arrays.stream(shares).sum();
    return Arrays.stream(shares).map(share -> share / sum).toArray();
  }

  @Override
  public void update(MetaStep step) {
    SoftDraw draw =
        drawn
            .filter(last -> last.drew(step.examples()))
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "meta: step "
                            + step.step()
                            + " is not of the batch that was drawn last; expected one update after"
                            + " each draw"));
    LookAhead ahead = step.lookAhead();
    MetaGradient gradient =
        MetaGradient.of(
            ahead.classifier(),
            ahead.gradient(),
            step.outputs().features(),
            ahead.logitGradient(),
            ahead.features(spec.metaData(), metaExamples(step.step())),
            loss);
    rates.descend(rates.byLogits(draw.gradientByLogRates(gradient.byExampleWeight())));
    drawn = Optional.empty();
  }

  /** Draws the meta batch of a step: a class uniformly, then one of its examples. */
  private int[] metaExamples(long step) {
    RandomGenerator random = context.random().stream("sampler/meta/step=" + step);
    int[] examples = new int[spec.metaBatchSize().orElse(context.batchSize())];
    for (int i = 0; i < examples.length; i++) {
      int c = random.nextInt(judged.classes());
      examples[i] = judged.example(c, random.nextInt(judged.count(c)));
    }
    return examples;
  }

  @Override
  public double[] classRates() {
    return rates.values();
  }

  @Override
  public double[] state() {
    return rates.state();
  }

  @Override
  public void restore(double[] saved) {
    rates.restore(saved);
    drawn = Optional.empty();
  }
}
