package org.equipoise.samplers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.equipoise.api.sampling.EpochSampler;
import org.equipoise.api.sampling.LabelIndex;
import org.equipoise.api.stats.EmptyClassException;
import org.equipoise.testkit.SamplerContract;
import org.equipoise.testkit.golden.GoldenFiles;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@Tag("reference")
class InstanceBalancedTest implements SamplerContract {

  private static final LabelIndex SPLIT = Splits.ofCounts(7, 3, 1);

  @Override
  public InstanceBalanced spec() {
    return new InstanceBalanced();
  }

  @Override
  public String expectedTypeName() {
    return "instance-balanced";
  }

  @Override
  public boolean drawsWithReplacement() {
    return false;
  }

  @TestFactory
  Stream<DynamicNode> should_equal_the_golden_cases() {
    return GoldenFiles.tests(
        "sampler.instance_balanced", golden -> SamplerGolden.check(golden, spec()));
  }

  @Test
  void should_draw_every_example_once_if_the_epoch_is_the_split() {
    EpochSampler sampler = new InstanceBalanced().bind(Splits.context(SPLIT, 4, 1));

    assertThat(Splits.batches(sampler, 0)).extracting(b -> b.length).containsExactly(4, 4, 3);
    assertThat(Splits.draws(sampler, 0))
        .containsExactlyInAnyOrder(IntStream.range(0, 11).toArray());
  }

  @Test
  void should_permute_anew_each_epoch() {
    EpochSampler sampler =
        new InstanceBalanced().bind(Splits.context(Splits.ofCounts(60, 40), 100, 1));

    assertThat(Splits.draws(sampler, 0)).isNotEqualTo(Splits.draws(sampler, 1));
    assertThat(Splits.draws(sampler, 0)).isNotEqualTo(IntStream.range(0, 100).toArray());
  }

  @Test
  void should_go_on_with_further_permutations_if_the_epoch_is_longer_than_the_split() {
    EpochSampler sampler = new InstanceBalanced().bind(Splits.context(SPLIT, 5, 7, 1));

    int[] draws = Splits.draws(sampler, 2);

    assertThat(draws).hasSize(35);
    for (int start = 0; start < 33; start += 11) {
      assertThat(Arrays.copyOfRange(draws, start, start + 11))
          .containsExactlyInAnyOrder(IntStream.range(0, 11).toArray());
    }
    assertThat(Arrays.copyOf(draws, 11)).isNotEqualTo(Arrays.copyOfRange(draws, 11, 22));
  }

  @Test
  void should_draw_different_examples_if_the_epoch_is_shorter_than_the_split() {
    EpochSampler sampler = new InstanceBalanced().bind(Splits.context(SPLIT, 3, 2, 1));

    assertThat(Splits.draws(sampler, 0)).hasSize(6).doesNotHaveDuplicates();
    assertThat(sampler.steps(0)).isEqualTo(2);
  }

  @Test
  void should_reach_all_permutations_equally_often() {
    // GIVEN 4 examples, so 24 orders, and 24,000 epochs
    EpochSampler sampler = new InstanceBalanced().bind(Splits.context(Splits.ofCounts(4), 4, 11));
    Map<String, Integer> seen = new HashMap<>();
    // WHEN
    for (int epoch = 0; epoch < 24_000; epoch++) {
      seen.merge(Arrays.toString(Splits.draws(sampler, epoch)), 1, Integer::sum);
    }
    // THEN each comes up 1,000 times, give or take 5 standard deviations (31)
    assertThat(seen).hasSize(24);
    assertThat(seen.values()).allSatisfy(n -> assertThat(n).isBetween(845, 1155));
  }

  @Test
  void should_expect_the_share_of_each_class() {
    EpochSampler sampler = new InstanceBalanced().bind(Splits.context(SPLIT, 4, 1));

    assertThat(sampler.classProbabilities(0)).containsExactly(7.0 / 11, 3.0 / 11, 1.0 / 11);
  }

  @Test
  void should_expect_the_share_of_each_label_if_examples_have_several() {
    LabelIndex several = LabelIndex.ofMany(new int[][] {{0, 1}, {0}, {}}, 2);

    EpochSampler sampler = new InstanceBalanced().bind(Splits.context(several, 2, 1));

    assertThat(sampler.classProbabilities(0)).containsExactly(2.0 / 3, 1.0 / 3);
    assertThat(Splits.draws(sampler, 0)).containsExactlyInAnyOrder(0, 1, 2);
  }

  @Test
  void should_refuse_an_empty_class_by_name() {
    assertThatThrownBy(
            () -> new InstanceBalanced().bind(Splits.context(Splits.ofCounts(5, 0), 2, 1)))
        .isInstanceOf(EmptyClassException.class)
        .hasMessageContaining("instance-balanced: class 1");
  }

  @Test
  void should_refuse_to_go_on_if_the_epoch_is_over() {
    Iterator<int[]> batches = new InstanceBalanced().bind(Splits.context(SPLIT, 11, 1)).batches(0);
    batches.next();

    assertThat(batches.hasNext()).isFalse();
    assertThatThrownBy(batches::next).isInstanceOf(NoSuchElementException.class);
  }

  /** Pinned: other draws would silently change every result that is already recorded. */
  @Test
  void should_draw_what_it_always_drew() {
    EpochSampler sampler = new InstanceBalanced().bind(Splits.context(SPLIT, 11, 42));

    assertThat(Splits.draws(sampler, 3)).containsExactly(0, 1, 4, 9, 6, 2, 5, 3, 7, 8, 10);
  }
}
