package org.equipoise.samplers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalInt;
import java.util.stream.Stream;
import org.equipoise.api.random.RandomStreams;
import org.equipoise.api.sampling.EpochSampler;
import org.equipoise.api.sampling.LabelIndex;
import org.equipoise.api.sampling.SamplingContext;
import org.equipoise.api.stats.EmptyClassException;
import org.equipoise.testkit.SamplerContract;
import org.equipoise.testkit.golden.GoldenCase;
import org.equipoise.testkit.golden.GoldenFiles;
import org.equipoise.testkit.golden.GoldenTolerance;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@Tag("reference")
class ProgressiveTest implements SamplerContract {

  private static final LabelIndex SPLIT = Splits.ofCounts(70, 25, 5);

  @Override
  public Progressive spec() {
    return new Progressive();
  }

  @Override
  public String expectedTypeName() {
    return "progressive";
  }

  @TestFactory
  Stream<DynamicNode> should_equal_the_golden_cases() {
    return GoldenFiles.tests("sampler.progressive", ProgressiveTest::compare);
  }

  private static void compare(GoldenCase golden) {
    int epochs = golden.config().integer("T");
    int epoch = golden.config().integer("t");
    SamplingContext context =
        new SamplingContext(
            Splits.ofCounts(golden.inputs().ints("counts")),
            32,
            epochs,
            OptionalInt.empty(),
            new RandomStreams(1));
    if (golden.error().isPresent()) {
      golden.assertRefused(
          EmptyClassException.class, "progressive: class ", () -> new Progressive().bind(context));
      return;
    }
    GoldenTolerance.doublePrecision()
        .assertClose(
            golden.id(),
            new Progressive().bind(context).classProbabilities(epoch),
            golden.expected().object("outputs").vector("classProbabilities"));
  }

  @Test
  void should_draw_tail_classes_more_often_epoch_by_epoch() {
    // GIVEN three epochs of 100,000 draws
    EpochSampler sampler = new Progressive().bind(Splits.context(SPLIT, 1000, 100, 5));

    for (int epoch = 0; epoch < 3; epoch++) {
      double share = 0;
      for (int example : Splits.draws(sampler, epoch)) {
        share += SPLIT.labelsOf(example)[0] == 2 ? 1e-5 : 0;
      }
      // THEN the rarest class has the share of the formula, within 5 sd
      double want = (1 - epoch / 3.0) * 0.05 + epoch / 3.0 / 3;
      assertThat(share).isCloseTo(want, within(5 * Math.sqrt(want * (1 - want) / 100_000)));
    }
  }
}
