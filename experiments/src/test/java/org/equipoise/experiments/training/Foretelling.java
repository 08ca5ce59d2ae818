package org.equipoise.experiments.training;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.equipoise.api.sampling.EpochSampler;
import org.equipoise.api.sampling.LearnedSampler;
import org.equipoise.api.sampling.LookAhead;
import org.equipoise.api.sampling.MetaStep;
import org.equipoise.api.sampling.SamplerSpec;
import org.equipoise.api.sampling.SamplingContext;

/**
 * A sampler that foretells each step of the classifier, rows then bias.
 *
 * @param foretold the classifier after each step, as it was foretold
 * @param found the classifier before each step
 * @param look is shown each step besides
 */
record Foretelling(List<float[]> foretold, List<float[]> found, Consumer<MetaStep> look)
    implements SamplerSpec {

  Foretelling() {
    this(step -> {});
  }

  Foretelling(Consumer<MetaStep> look) {
    this(new ArrayList<>(), new ArrayList<>(), look);
  }

  @Override
  public boolean looksAhead() {
    return true;
  }

  // What happened is no hyperparameter.
  @Override
  public String toString() {
    return "Foretelling[]";
  }

  @Override
  public EpochSampler bind(SamplingContext context) {
    return new Bound(this, context);
  }

  private static float[] both(NDArray rows, NDArray bias) {
    float[] first = rows.toFloatArray();
    float[] second = bias.toFloatArray();
    float[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  private record Bound(Foretelling spec, SamplingContext context) implements LearnedSampler {

    @Override
    public Iterator<int[]> batches(int epoch) {
      RandomGenerator random = context.random().stream("epoch=" + epoch);
      List<int[]> all = new ArrayList<>();
      for (int i = 0; i < steps(epoch); i++) {
        all.add(random.ints(context.batchSize(), 0, context.index().examples()).toArray());
      }
      return all.iterator();
    }

    @Override
    public int steps(int epoch) {
      return context.steps();
    }

    @Override
    public double[] classProbabilities(int epoch) {
      return context.index().counts().prior().toArray();
    }

    @Override
    public void update(MetaStep step) {
      LookAhead ahead = step.lookAhead();
      LookAhead.Classifier classifier = ahead.classifier();
      LookAhead.Gradient gradient = ahead.gradient();
      NDArray rows = classifier.rows().after(gradient.rows());
      NDArray bias = classifier.bias().orElseThrow().after(gradient.bias().orElseThrow());
      spec.found.add(both(classifier.rows().value(), classifier.bias().orElseThrow().value()));
      spec.foretold.add(both(rows, bias));
      spec.look.accept(step);
    }

    @Override
    public double[] classRates() {
      return new double[] {1, 1, 1};
    }

    @Override
    public double[] state() {
      return new double[0];
    }

    @Override
    public void restore(double[] saved) {}
  }
}
