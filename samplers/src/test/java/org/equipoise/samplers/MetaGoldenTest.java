package org.equipoise.samplers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.equipoise.api.sampling.LabelIndex;
import org.equipoise.api.sampling.LearnedSampler;
import org.equipoise.api.stats.EmptyClassException;
import org.equipoise.testkit.TestSeed;
import org.equipoise.testkit.golden.GoldenCase;
import org.equipoise.testkit.golden.GoldenFiles;
import org.equipoise.testkit.golden.GoldenObject;
import org.equipoise.testkit.golden.GoldenTolerance;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

@Tag("reference")
class MetaGoldenTest {

  private static final GoldenTolerance TOLERANCE = GoldenTolerance.doublePrecision();

  @TestFactory
  Stream<DynamicNode> should_equal_the_golden_steps() {
    return GoldenFiles.tests("meta.balms", MetaGoldenStep::check);
  }

  @TestFactory
  Stream<DynamicNode> should_start_as_published() {
    return GoldenFiles.tests("meta.balms_initialisation", MetaGoldenTest::compareStart);
  }

  private static void compareStart(GoldenCase golden) {
    double power = golden.inputs().number("initPow");
    LabelIndex split = Splits.ofCounts(golden.inputs().ints("counts"));
    Meta spec = new Meta(NoiseLevel.CLASS, power, 1, 0.01, OptionalInt.empty(), Optional.empty());
    if (golden.error().isPresent()) {
      golden.assertRefused(
          EmptyClassException.class, "meta: class ", () -> spec.bind(Splits.context(split, 32, 1)));
      return;
    }
    LearnedSampler sampler = spec.bind(Splits.context(split, 32, 1));
    GoldenObject outputs = golden.expected().object("outputs");
    TOLERANCE.assertClose("rates", sampler.classRates(), outputs.vector("rates"));
    TOLERANCE.assertClose(
        "samplerWeights",
        Arrays.copyOf(sampler.state(), split.classes()),
        outputs.vector("samplerWeights"));
    TOLERANCE.assertClose(
        "classProbabilities", sampler.classProbabilities(0), outputs.vector("classProbabilities"));
  }

  @TestFactory
  Stream<DynamicNode> should_draw_alike_at_both_levels() {
    return GoldenFiles.tests("meta.class_level_equivalence", MetaGoldenTest::compareDraws);
  }

  private static void compareDraws(GoldenCase golden) {
    LabelIndex split = Splits.ofCounts(golden.inputs().ints("counts"));
    double[] weights = golden.inputs().vector("samplerWeights");
    double[] expected = golden.expected().object("outputs").vector("classProbabilities");
    LearnedSampler sampler = new Meta().bind(Splits.context(split, 32, 1));
    sampler.restore(Arrays.copyOf(weights, sampler.state().length));
    TOLERANCE.assertClose("classProbabilities", sampler.classProbabilities(0), expected);
    int draws = golden.config().integer("draws");
    TestSeed.run(
        streams -> {
          for (NoiseLevel level : NoiseLevel.values()) {
            RandomGenerator random = streams.stream(level.name());
            long[] classes = new long[split.classes()];
            long[] examples = new long[split.examples()];
            for (int done = 0; done < draws; done += 1000) {
              SoftDraw draw =
                  SoftDraw.of(
                      new double[1000 * split.classes()],
                      split,
                      sampler.classRates(),
                      1,
                      level,
                      1000,
                      new Noise.OfStream(random));
              for (int b = 0; b < 1000; b++) {
                classes[draw.classes()[b]]++;
                examples[draw.examples()[b]]++;
              }
            }
            double[] ofExamples = new double[examples.length];
            Arrays.setAll(
                ofExamples,
                i -> expected[split.labelsOf(i)[0]] / split.count(split.labelsOf(i)[0]));
            assertFits("classes at level " + level, classes, expected);
            assertFits("examples at level " + level, examples, ofExamples);
          }
        });
  }

  // Chi-square has mean k - 1 and variance 2 (k - 1): this much is beyond one in a million.
  private static void assertFits(String what, long[] counts, double[] probabilities) {
    double draws = Arrays.stream(counts).sum();
    double statistic = 0;
    for (int i = 0; i < counts.length; i++) {
      double want = draws * probabilities[i];
      statistic += (counts[i] - want) * (counts[i] - want) / want;
    }
    double degrees = counts.length - 1.0;
    assertThat(statistic)
        .as("chi-square of %s", what)
        .isLessThan(degrees + 7 * Math.sqrt(2 * degrees) + 20);
  }
}
