package org.equipoise.samplers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.equipoise.api.sampling.EpochSampler;
import org.equipoise.api.sampling.LabelIndex;
import org.equipoise.testkit.DistributionCheck;
import org.equipoise.testkit.DistributionCheck.Law;
import org.equipoise.testkit.SamplerContract;
import org.equipoise.testkit.TestSeed;
import org.junit.jupiter.api.Test;

class ClassAwareImagesTest implements SamplerContract {

  // Objects of images: class 0 in three of them, 1 in two, 3 in one; 2 in none.
  private static final LabelIndex OBJECTS =
      LabelIndex.ofMany(new int[][] {{0, 0, 0, 1}, {0}, {}, {1, 3, 3}, {0}}, 4);

  @Override
  public ClassAwareImages spec() {
    return new ClassAwareImages();
  }

  @Override
  public String expectedTypeName() {
    return "class-aware-images";
  }

  @Test
  void should_draw_images_by_a_class_then_any_of_those_with_it() {
    // GIVEN that an image with a class thrice is one of the images with it
    double ninth = 1 / 9.0;
    double[] images = {ninth + 1 / 6.0, ninth, 0, 1 / 6.0 + 1 / 3.0, ninth};
    // THEN
    TestSeed.run(
        random ->
            DistributionCheck.assertFollows(
                random,
                List.of(
                    new Law(
                        "images",
                        images,
                        streams ->
                            Splits.tally(
                                Splits.draws(
                                    spec().bind(Splits.context(OBJECTS, 500, 20, streams)), 0),
                                5)))));
  }

  @Test
  void should_expect_the_labels_that_draws_bring() {
    EpochSampler sampler = spec().bind(Splits.context(OBJECTS, 4, 1));

    // Objects a draw: of class 0, 3 * 5/18 + 1/9 + 1/9; of 1, 5/18 + 1/2; of 3, 2 * 1/2.
    double[] objects = {19 / 18.0, 14 / 18.0, 0, 1};
    assertThat(sampler.classProbabilities(0))
        .containsExactly(
            new double[] {objects[0] * 18 / 51, objects[1] * 18 / 51, 0, 18 / 51.0}, within(1e-15));
  }

  @Test
  void should_draw_each_class_once_before_any_comes_again_if_cycling() {
    EpochSampler sampler =
        new ClassAwareImages(2, true)
            .bind(Splits.context(LabelIndex.ofMany(new int[][] {{0}, {1, 1}, {3}}, 4), 6, 5, 1));

    for (int[] batch : Splits.batches(sampler, 0)) {
      assertThat(batch).containsExactlyInAnyOrder(0, 0, 1, 1, 2, 2);
    }
  }

  @Test
  void should_refuse_images_without_any_object() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> spec().bind(Splits.context(LabelIndex.ofMany(new int[][] {{}, {}}, 3), 2, 1)))
        .withMessage("class-aware-images: none of the 2 examples has a label; expected some");
  }

  @Test
  void should_refuse_no_draw_of_a_class() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ClassAwareImages(0, false))
        .withMessage("perClass: must be >= 1, was 0");
  }
}
