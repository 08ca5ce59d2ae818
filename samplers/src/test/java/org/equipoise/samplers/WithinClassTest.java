package org.equipoise.samplers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.equipoise.api.random.RandomStreams;
import org.equipoise.api.sampling.LabelIndex;
import org.equipoise.api.sampling.SamplerSpec;
import org.equipoise.testkit.DistributionCheck;
import org.equipoise.testkit.DistributionCheck.Law;
import org.equipoise.testkit.TestSeed;
import org.junit.jupiter.api.Test;

/** Whatever the law of the classes, the examples of a class are drawn equally often. */
class WithinClassTest {

  private static final LabelIndex SPLIT = Splits.ofCounts(70, 25, 5);
  private static final int EPOCH = 1;

  @Test
  void should_draw_every_example_as_its_class_and_its_count_say() {
    TestSeed.run(
        random -> {
          List<Law> laws = new ArrayList<>();
          for (SamplerSpec spec :
              List.of(
                  new ClassBalanced(),
                  new ClassAwareImages(),
                  new Power(),
                  new Progressive(),
                  new EffectiveNumber(),
                  new EffectiveNumber(0.99, EffectiveNumberReading.PROPORTIONAL),
                  new TargetPrior(List.of(0.2, 0.3, 0.5)))) {
            laws.add(new Law(spec.toString(), perExample(spec), streams -> counts(spec, streams)));
          }
          DistributionCheck.assertFollows(random, laws);
        });
  }

  private static double[] perExample(SamplerSpec spec) {
    double[] perClass = spec.bind(Splits.context(SPLIT, 1, 1)).classProbabilities(EPOCH);
    double[] perExample = new double[SPLIT.examples()];
    Arrays.setAll(
        perExample, i -> perClass[SPLIT.labelsOf(i)[0]] / SPLIT.count(SPLIT.labelsOf(i)[0]));
    return perExample;
  }

  private static long[] counts(SamplerSpec spec, RandomStreams streams) {
    return Splits.tally(
        Splits.draws(spec.bind(Splits.context(SPLIT, 1000, 20, streams)), EPOCH), SPLIT.examples());
  }
}
