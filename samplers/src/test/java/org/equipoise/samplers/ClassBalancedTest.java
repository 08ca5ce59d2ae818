package org.equipoise.samplers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.equipoise.api.sampling.EpochSampler;
import org.equipoise.api.sampling.LabelIndex;
import org.equipoise.api.stats.EmptyClassException;
import org.equipoise.testkit.SamplerContract;
import org.equipoise.testkit.golden.GoldenFiles;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@Tag("reference")
class ClassBalancedTest implements SamplerContract {

  private static final LabelIndex SPLIT = Splits.ofCounts(70, 25, 5);

  @Override
  public ClassBalanced spec() {
    return new ClassBalanced();
  }

  @Override
  public String expectedTypeName() {
    return "class-balanced";
  }

  @TestFactory
  Stream<DynamicNode> should_equal_the_golden_cases() {
    return GoldenFiles.tests(
        "sampler.class_balanced", golden -> SamplerGolden.check(golden, spec()));
  }

  @Test
  void should_draw_as_many_as_the_split_has_in_batches() {
    EpochSampler sampler = new ClassBalanced().bind(Splits.context(SPLIT, 32, 1));

    assertThat(Splits.batches(sampler, 0)).extracting(b -> b.length).containsExactly(32, 32, 32, 4);
    assertThat(sampler.steps(0)).isEqualTo(4);
  }

  @Test
  void should_draw_classes_and_the_examples_of_a_class_equally_often() {
    // GIVEN 300,000 draws
    EpochSampler sampler = new ClassBalanced().bind(Splits.context(SPLIT, 1000, 300, 5));
    int[] perExample = new int[100];
    int[] perClass = new int[3];
    // WHEN
    for (int example : Splits.draws(sampler, 0)) {
      perExample[example]++;
      perClass[SPLIT.labelsOf(example)[0]]++;
    }
    // THEN each class has 100,000 and each of its examples an equal share, within 5 sd
    for (int c = 0; c < 3; c++) {
      assertWithinFiveSd(perClass[c], 300_000, 1.0 / 3);
      for (int rank = 0; rank < SPLIT.count(c); rank++) {
        assertWithinFiveSd(perExample[SPLIT.example(c, rank)], 300_000, 1.0 / 3 / SPLIT.count(c));
      }
    }
  }

  @Test
  void should_draw_independently_within_a_batch() {
    // GIVEN 100,000 pairs of successive draws
    EpochSampler sampler = new ClassBalanced().bind(Splits.context(SPLIT, 2, 100_000, 5));
    // WHEN counting pairs of one class; cycling through classes would give none
    long sameClass =
        Splits.batches(sampler, 0).stream()
            .filter(b -> SPLIT.labelsOf(b[0])[0] == SPLIT.labelsOf(b[1])[0])
            .count();
    // THEN
    assertWithinFiveSd(sameClass, 100_000, 1.0 / 3);
  }

  @Test
  void should_expect_classes_equally() {
    EpochSampler sampler = new ClassBalanced().bind(Splits.context(SPLIT, 4, 1));

    assertThat(sampler.classProbabilities(0)).containsOnly(1.0 / 3).hasSize(3);
  }

  @Test
  void should_never_draw_an_example_without_labels() {
    LabelIndex several = LabelIndex.ofMany(new int[][] {{0, 1}, {0}, {}}, 2);

    EpochSampler sampler = new ClassBalanced().bind(Splits.context(several, 100, 10, 1));

    assertThat(Splits.draws(sampler, 0)).containsOnly(0, 1);
  }

  @Test
  void should_refuse_an_empty_class_by_name() {
    assertThatThrownBy(() -> new ClassBalanced().bind(Splits.context(Splits.ofCounts(5, 0), 2, 1)))
        .isInstanceOf(EmptyClassException.class)
        .hasMessageContaining("class-balanced: class 1");
  }

  @Test
  void should_bind_in_a_second_if_the_split_is_as_large_as_inaturalist() {
    int[] labels = IntStream.range(0, 437_513).map(i -> i % 8_142).toArray();

    Assertions.assertTimeout(
        Duration.ofSeconds(1),
        () -> {
          LabelIndex index = LabelIndex.of(labels, 8_142);
          int[] first = new ClassBalanced().bind(Splits.context(index, 512, 1)).batches(0).next();
          assertThat(first).hasSize(512);
        });
  }

  /** Pinned: other draws would silently change every result that is already recorded. */
  @Test
  void should_draw_what_it_always_drew() {
    EpochSampler sampler = new ClassBalanced().bind(Splits.context(SPLIT, 12, 1, 42));

    assertThat(Splits.draws(sampler, 3))
        .containsExactly(85, 98, 77, 87, 93, 96, 11, 90, 62, 98, 77, 95);
  }

  private static void assertWithinFiveSd(long seen, int draws, double probability) {
    double sd = Math.sqrt(draws * probability * (1 - probability));
    assertThat(Math.abs(seen - draws * probability))
        .as("%s of %s draws at probability %s", seen, draws, probability)
        .isLessThan(5 * sd);
  }
}
