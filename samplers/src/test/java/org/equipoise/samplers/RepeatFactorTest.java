package org.equipoise.samplers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.equipoise.api.random.RandomStreams;
import org.equipoise.api.sampling.EpochSampler;
import org.equipoise.api.sampling.LabelIndex;
import org.equipoise.testkit.DistributionCheck;
import org.equipoise.testkit.DistributionCheck.Law;
import org.equipoise.testkit.SamplerContract;
import org.equipoise.testkit.TestSeed;
import org.equipoise.testkit.golden.GoldenCase;
import org.equipoise.testkit.golden.GoldenFiles;
import org.equipoise.testkit.golden.GoldenObject;
import org.equipoise.testkit.golden.GoldenTolerance;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("reference")
class RepeatFactorTest implements SamplerContract {

  private static final GoldenTolerance TOLERANCE = GoldenTolerance.doublePrecision();

  // Of 8 images, class 0 is in 4, 1 in 2, 2 in 1; the last has none.
  private static final LabelIndex IMAGES =
      LabelIndex.ofMany(new int[][] {{0}, {0, 1, 1}, {0, 2}, {0}, {1}, {3}, {3, 3}, {}}, 5);

  @Override
  public RepeatFactor spec() {
    return new RepeatFactor(0.3, true);
  }

  @Override
  public String expectedTypeName() {
    return "repeat-factor";
  }

  @Override
  public boolean drawsWithReplacement() {
    return false;
  }

  @Override
  public boolean epochLengthIsFixed() {
    return false;
  }

  @TestFactory
  Stream<DynamicNode> should_equal_the_golden_cases() {
    return GoldenFiles.tests("sampler.repeat_factor", RepeatFactorTest::compare);
  }

  private static void compare(GoldenCase golden) {
    double threshold = golden.config().number("threshold");
    boolean sqrt = golden.config().flag("sqrt");
    int[][] images = golden.inputs().intRows("images");
    int classes = Arrays.stream(images).flatMapToInt(Arrays::stream).max().orElse(0) + 1;
    LabelIndex index = LabelIndex.ofMany(images, classes);
    RepeatFactors factors = RepeatFactors.of(index, threshold, sqrt);
    int[] present = IntStream.range(0, classes).filter(c -> index.count(c) > 0).toArray();

    GoldenObject outputs = golden.expected().object("outputs");
    assertThat(present).containsExactly(outputs.ints("categories"));
    close(outputs, "categoryFrequencies", at(present, factors.frequency()));
    close(outputs, "categoryFactors", at(present, factors.ofClass()));
    close(outputs, "imageFactors", factors.ofImage());
    close(outputs, "integerPart", Arrays.stream(factors.ofImage()).map(Math::floor).toArray());
    close(outputs, "fractionalPart", Arrays.stream(factors.ofImage()).map(r -> r % 1).toArray());
    TOLERANCE.assertClose(
        golden.id(), factors.expectedLength(), outputs.number("expectedEpochLength"));
    // The draws have these integer parts: no image comes less often, or more than once more.
    int[] wholes = outputs.ints("integerPart");
    EpochSampler sampler =
        new RepeatFactor(threshold, sqrt).bind(Splits.context(index, images.length, 1));
    long[] copies = Splits.tally(Splits.draws(sampler, 0), images.length);
    for (int i = 0; i < wholes.length; i++) {
      assertThat(copies[i]).isBetween((long) wholes[i], wholes[i] + 1L);
    }
  }

  private static void close(GoldenObject outputs, String key, double[] got) {
    TOLERANCE.assertClose(key, got, outputs.vector(key));
  }

  private static double[] at(int[] classes, double[] values) {
    return Arrays.stream(classes).mapToDouble(c -> values[c]).toArray();
  }

  @Test
  void should_repeat_an_image_as_its_rarest_class_asks() {
    RepeatFactors factors = RepeatFactors.of(IMAGES, 0.5, false);

    assertThat(factors.frequency()).containsExactly(0.5, 0.25, 0.125, 0.25, 0);
    assertThat(factors.ofClass()).containsExactly(1, 2, 4, 2, 1);
    assertThat(factors.ofImage()).containsExactly(1, 2, 4, 1, 2, 2, 2, 1);
  }

  @Test
  void should_draw_exactly_the_repeated_images_if_factors_are_whole() {
    EpochSampler sampler = new RepeatFactor(0.5, false).bind(Splits.context(IMAGES, 4, 1));

    assertThat(Splits.draws(sampler, 0))
        .containsExactlyInAnyOrder(0, 1, 1, 2, 2, 2, 2, 3, 4, 4, 5, 5, 6, 6, 7);
    assertThat(Splits.batches(sampler, 0)).extracting(b -> b.length).containsExactly(4, 4, 4, 3);
  }

  @Test
  void should_know_the_length_of_every_epoch_though_lengths_differ() {
    // GIVEN 300 images, each of a class of its own: half of an image more for each on average
    LabelIndex rare = LabelIndex.of(IntStream.range(0, 300).toArray(), 300);
    EpochSampler sampler = new RepeatFactor(1.5 / 300, false).bind(Splits.context(rare, 1, 1));
    Set<Integer> lengths = new HashSet<>();
    for (int epoch = 0; epoch < 20; epoch++) {
      int length = Splits.draws(sampler, epoch).length;
      assertThat(sampler.steps(epoch)).isEqualTo(length);
      lengths.add(length);
    }
    assertThat(lengths).hasSizeGreaterThan(5);
  }

  @Test
  void should_go_on_with_further_lists_if_the_number_of_steps_is_given() {
    EpochSampler sampler = new RepeatFactor(0.5, false).bind(Splits.context(IMAGES, 5, 7, 1));

    int[] draws = Splits.draws(sampler, 1);

    assertThat(sampler.steps(1)).isEqualTo(7);
    assertThat(draws).hasSize(35);
    assertThat(Splits.tally(Arrays.copyOfRange(draws, 15, 30), 8))
        .containsExactly(1, 2, 4, 1, 2, 2, 2, 1);
    assertThat(Arrays.copyOf(draws, 15)).isNotEqualTo(Arrays.copyOfRange(draws, 15, 30));
  }

  @Test
  void should_round_at_random_anew_each_epoch_and_each_image_on_its_own() {
    // GIVEN the images 2 and 4, whose factors are 1.55 and 1.095
    double more2 = Math.sqrt(0.3 / 0.125) - 1;
    double more4 = Math.sqrt(0.3 / 0.25) - 1;
    double[] both = {
      (1 - more2) * (1 - more4), (1 - more2) * more4, more2 * (1 - more4), more2 * more4
    };
    // THEN whether they come once more follows the product of their probabilities
    TestSeed.run(
        random ->
            DistributionCheck.assertFollows(
                random, List.of(new Law("images 2 and 4", both, RepeatFactorTest::countsOfTwo))));
  }

  private static long[] countsOfTwo(RandomStreams random) {
    EpochSampler sampler = new RepeatFactor(0.3, true).bind(Splits.context(IMAGES, 20, random));
    long[] seen = new long[4];
    for (int epoch = 0; epoch < 2_000; epoch++) {
      long[] copies = Splits.tally(Splits.draws(sampler, epoch), 8);
      seen[(int) (2 * (copies[2] - 1) + copies[4] - 1)]++;
    }
    return seen;
  }

  @Test
  void should_shuffle_the_list() {
    // GIVEN a list of 15; the first draw and the last are any of it
    double[] shares =
        Arrays.stream(new double[] {1, 2, 4, 1, 2, 2, 2, 1}).map(copies -> copies / 15).toArray();
    TestSeed.run(
        random ->
            DistributionCheck.assertFollows(
                random,
                List.of(
                    new Law("first", shares, streams -> countsOfPlace(streams, 0)),
                    new Law("last", shares, streams -> countsOfPlace(streams, 14)))));
  }

  private static long[] countsOfPlace(RandomStreams random, int place) {
    EpochSampler sampler = new RepeatFactor(0.5, false).bind(Splits.context(IMAGES, 20, random));
    return Splits.tally(
        IntStream.range(0, 1_000).map(epoch -> Splits.draws(sampler, epoch)[place]).toArray(), 8);
  }

  @Test
  void should_expect_the_labels_of_the_list() {
    EpochSampler sampler = new RepeatFactor(0.5, false).bind(Splits.context(IMAGES, 4, 1));

    // Of 24 objects: 8 of class 0 in images 0 to 3, 6 of 1, 4 of 2, 6 of 3.
    assertThat(sampler.classProbabilities(0))
        .containsExactly(new double[] {8 / 24.0, 6 / 24.0, 4 / 24.0, 6 / 24.0, 0}, within(1e-15));
  }

  @Test
  void should_have_the_published_defaults() {
    assertThat(new RepeatFactor()).isEqualTo(new RepeatFactor(0.001, true));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
  void should_refuse_a_threshold_that_is_no_share(double threshold) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RepeatFactor(threshold, true))
        .withMessage("threshold: must be in [0, 1], was " + threshold);
  }

  @Test
  void should_refuse_epochs_longer_than_can_be_counted() {
    LabelIndex rare = LabelIndex.of(IntStream.range(0, 50_000).toArray(), 50_000);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RepeatFactor(1, false).bind(Splits.context(rare, 4, 1)))
        .withMessage(
            "repeat-factor: threshold 1.0 makes epochs of up to 2.5E9 draws; expected at most"
                + " 2147483647");
  }

  @Test
  void should_refuse_images_without_any_object() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> spec().bind(Splits.context(LabelIndex.ofMany(new int[][] {{}, {}}, 3), 2, 1)))
        .withMessage("repeat-factor: none of the 2 examples has a label; expected some");
  }

  /** Pinned: other draws would silently change every result that is already recorded. */
  @Test
  void should_draw_what_it_always_drew() {
    EpochSampler sampler = spec().bind(Splits.context(IMAGES, 20, 42));

    assertThat(Splits.draws(sampler, 3)).containsExactly(5, 4, 6, 2, 7, 3, 2, 0, 5, 1);
  }
}
