package org.equipoise.experiments.data.longtail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.api.stats.ShotGroup;
import org.equipoise.experiments.data.longtail.ClassOrder.Original;
import org.equipoise.experiments.data.longtail.ClassOrder.Permuted;
import org.equipoise.experiments.data.longtail.Profile.Exponential;
import org.equipoise.experiments.data.longtail.Profile.Step;
import org.equipoise.testkit.golden.GoldenFiles;
import org.equipoise.testkit.golden.GoldenObject;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("reference")
class LongTailTest {

  @TestFactory
  Stream<DynamicNode> should_have_the_published_counts() {
    return GoldenFiles.tests(
        "data.cifar_lt_counts",
        golden -> {
          int[] counts =
              longTail(golden.inputs().number("imbalanceFactor"), golden.config().text("type"), 0)
                  .counts(golden.inputs().integer("classes"), golden.inputs().integer("maxCount"));

          GoldenObject expected = golden.expected().object("outputs");
          assertThat(counts).isEqualTo(expected.ints("counts"));
          assertThat(Arrays.stream(counts).sum()).isEqualTo(expected.integer("total"));
          assertThat(groupSize(counts, ShotGroup.MANY)).isEqualTo(expected.integer("many"));
          assertThat(groupSize(counts, ShotGroup.MEDIUM)).isEqualTo(expected.integer("medium"));
          assertThat(groupSize(counts, ShotGroup.FEW)).isEqualTo(expected.integer("few"));
        });
  }

  @TestFactory
  Stream<DynamicNode> should_choose_the_published_images() {
    return GoldenFiles.tests(
        "data.cifar_lt_indices",
        golden -> {
          int classes = golden.inputs().integer("classes");
          int[] labels = LabelSequences.of(golden, classes);
          LongTail longTail =
              longTail(
                  golden.inputs().number("imbalanceFactor"),
                  golden.inputs().text("type"),
                  (long) golden.inputs().number("seed"));

          int[] chosen = longTail.select(labels, classes);

          GoldenObject expected = golden.expected().object("outputs");
          int[] counts = expected.ints("counts");
          assertThat(longTail.counts(classes, labels.length / classes)).isEqualTo(counts);
          assertThat(chosen).hasSize(expected.integer("total"));
          int[][] first = expected.intRows("first");
          for (int c = 0, start = 0; c < classes; start += counts[c++]) {
            assertThat(Arrays.copyOfRange(chosen, start, start + first[c].length))
                .as("class %d", c)
                .isEqualTo(first[c]);
          }
          assertThat(LongTail.sha256(chosen)).isEqualTo(expected.text("sha256"));
        });
  }

  @Test
  void should_give_each_class_the_count_of_its_rank_if_the_order_is_permuted() {
    int[] labels = IntStream.range(0, 1000).map(i -> i % 10).toArray();
    LongTail original = new LongTail(50, new Exponential(), new Original(), 0);
    LongTail permuted = new LongTail(50, new Exponential(), new Permuted(3), 0);

    int[] order = new Permuted(3).largestFirst(10);
    int[] chosen = permuted.select(labels, 10);

    // RandomState(3).permutation(10) of NumPy.
    assertThat(order).containsExactly(5, 4, 1, 2, 9, 6, 7, 0, 3, 8);
    assertThat(ClassCounts.ofLabels(at(labels, chosen), 10).toArray())
        .isEqualTo(Arrays.stream(permuted.counts(10, 100)).asLongStream().toArray());
    for (int rank = 0; rank < 10; rank++) {
      assertThat(permuted.counts(10, 100)[order[rank]]).isEqualTo(original.counts(10, 100)[rank]);
    }
  }

  @Test
  void should_choose_other_images_of_the_same_counts_if_the_subset_seed_differs() {
    int[] labels = IntStream.range(0, 1000).map(i -> i % 10).toArray();
    LongTail first = new LongTail(10, new Exponential(), new Original(), 0);
    LongTail second = new LongTail(10, new Exponential(), new Original(), 1);

    assertThat(second.select(labels, 10))
        .hasSameSizeAs(first.select(labels, 10))
        .isNotEqualTo(first.select(labels, 10));
    assertThat(second.counts(10, 100)).isEqualTo(first.counts(10, 100));
  }

  @Test
  void should_keep_every_image_once_if_the_imbalance_factor_is_one() {
    int[] labels = IntStream.range(0, 60).map(i -> (7 * i) % 3).toArray();

    int[] chosen = new LongTail(1, new Exponential(), new Original(), 0).select(labels, 3);

    assertThat(chosen).containsExactlyInAnyOrder(IntStream.range(0, 60).toArray());
    assertThat(at(labels, chosen)).isSorted();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 10, 500, 5000})
  void should_keep_one_image_of_the_smallest_class_if_the_factor_is_the_largest(int maxCount) {
    assertThat(new LongTail(maxCount, new Exponential(), new Original(), 0).counts(10, maxCount)[9])
        .isEqualTo(1);
    assertThat(new LongTail(maxCount, new Step(), new Original(), 0).counts(10, maxCount)[9])
        .isEqualTo(1);
  }

  @Test
  void should_refuse_parameters_that_make_no_sense() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> longTail(0.5, "exp", 0))
        .withMessage("imbalanceFactor: expected a number >= 1, is 0.5");
    assertThatIllegalArgumentException().isThrownBy(() -> longTail(Double.NaN, "exp", 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> longTail(10, "exp", -7))
        .withMessage("subsetSeed: expected 0..4294967295, is -7");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> longTail(501, "exp", 0).counts(100, 500))
        .withMessage(
            "imbalanceFactor: expected 1..500, so that no class is left without an image, is"
                + " 501.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Permuted(-1))
        .withMessage("seed: expected 0..4294967295, is -1");
  }

  @Test
  void should_name_the_class_that_has_too_few_images() {
    int[] labels = {0, 0, 0, 0, 0, 1};

    assertThatIllegalArgumentException()
        .isThrownBy(() -> longTail(1, "exp", 0).select(labels, 2))
        .withMessage("long tail: class 1 has 1 images; expected >= 3");
  }

  private static LongTail longTail(double imbalanceFactor, String type, long seed) {
    Profile profile =
        switch (type) {
          case "exp" -> new Exponential();
          case "step" -> new Step();
          default -> throw new IllegalArgumentException("profile: " + type);
        };
    return new LongTail(imbalanceFactor, profile, new Original(), seed);
  }

  private static int groupSize(int[] counts, ShotGroup group) {
    return (int) Arrays.stream(counts).filter(n -> ShotGroup.of(n) == group).count();
  }

  private static int[] at(int[] labels, int[] indices) {
    return Arrays.stream(indices).map(i -> labels[i]).toArray();
  }
}
