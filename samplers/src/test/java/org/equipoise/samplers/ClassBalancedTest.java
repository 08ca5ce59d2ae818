package org.equipoise.samplers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.equipoise.api.random.RandomStreams;
import org.equipoise.api.sampling.EpochSampler;
import org.equipoise.api.sampling.LabelIndex;
import org.equipoise.api.stats.EmptyClassException;
import org.equipoise.testkit.DistributionCheck;
import org.equipoise.testkit.DistributionCheck.Law;
import org.equipoise.testkit.SamplerContract;
import org.equipoise.testkit.TestSeed;
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
  void should_draw_each_class_several_times_in_a_row_if_asked_to() {
    // GIVEN 4 in a row, in batches of 6, which cut the rows
    EpochSampler sampler = new ClassBalanced(4, false).bind(Splits.context(SPLIT, 6, 200, 5));
    int[] draws = Splits.draws(sampler, 0);
    boolean someDiffer = false;
    for (int row = 0; row < draws.length; row += 4) {
      int first = row;
      int[] four = Arrays.copyOfRange(draws, row, row + 4);
      assertThat(Arrays.stream(four).map(i -> SPLIT.labelsOf(i)[0]))
          .as("row at %d", first)
          .allMatch(c -> c == SPLIT.labelsOf(four[0])[0]);
      someDiffer |= four[0] != four[1];
    }
    assertThat(someDiffer).isTrue();
    assertThat(sampler.classProbabilities(0)).containsOnly(1.0 / 3);
  }

  @Test
  void should_draw_every_class_and_example_once_before_any_comes_again_if_cycling() {
    // GIVEN cycles of three classes, and of 5 examples of the rarest
    EpochSampler sampler = new ClassBalanced(1, true).bind(Splits.context(SPLIT, 15, 10, 5));
    List<int[]> batches = Splits.batches(sampler, 0);
    for (int[] batch : batches) {
      for (int cycle = 0; cycle < 15; cycle += 3) {
        assertThat(Arrays.stream(batch, cycle, cycle + 3).map(i -> SPLIT.labelsOf(i)[0]))
            .containsExactlyInAnyOrder(0, 1, 2);
      }
      assertThat(Arrays.stream(batch).filter(i -> SPLIT.labelsOf(i)[0] == 2))
          .containsExactlyInAnyOrder(95, 96, 97, 98, 99);
    }
    // THEN their order is another each time
    assertThat(batches.get(0)).isNotEqualTo(batches.get(1));
  }

  @Test
  void should_draw_any_example_at_any_place_of_a_cycle() {
    double[] probabilities = new double[100];
    Arrays.setAll(probabilities, i -> 1.0 / 3 / SPLIT.count(SPLIT.labelsOf(i)[0]));
    TestSeed.run(
        random ->
            DistributionCheck.assertFollows(
                random,
                List.of(
                    new Law("cycling", probabilities, s -> place(new ClassBalanced(1, true), s)),
                    new Law("in a row", probabilities, s -> place(new ClassBalanced(4, true), s)),
                    new Law(
                        "independent rows",
                        probabilities,
                        s -> place(new ClassBalanced(4, false), s)))));
  }

  /** Counts the draw of one place over many epochs, each of which starts new cycles. */
  private static long[] place(ClassBalanced spec, RandomStreams random) {
    EpochSampler sampler = spec.bind(Splits.context(SPLIT, 8, 1, random));
    return Splits.tally(
        IntStream.range(0, 6_000).map(epoch -> Splits.draws(sampler, epoch)[7]).toArray(), 100);
  }

  @Test
  void should_draw_independently_by_default() {
    assertThat(new ClassBalanced()).isEqualTo(new ClassBalanced(1, false));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ClassBalanced(0, false))
        .withMessage("perClass: must be >= 1, was 0");
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
    // Class 0 brings one label or two, class 1 always two.
    assertThat(sampler.classProbabilities(0)).containsExactly(4.0 / 7, 3.0 / 7);
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

  /** Pinned as well: the form of the released code. */
  @Test
  void should_draw_what_it_always_drew_if_cycling() {
    EpochSampler sampler = new ClassBalanced(4, true).bind(Splits.context(SPLIT, 12, 1, 42));

    assertThat(Splits.draws(sampler, 3))
        .containsExactly(85, 91, 90, 94, 25, 68, 59, 23, 96, 98, 99, 97);
  }

  private static void assertWithinFiveSd(long seen, int draws, double probability) {
    double sd = Math.sqrt(draws * probability * (1 - probability));
    assertThat(Math.abs(seen - draws * probability))
        .as("%s of %s draws at probability %s", seen, draws, probability)
        .isLessThan(5 * sd);
  }
}
