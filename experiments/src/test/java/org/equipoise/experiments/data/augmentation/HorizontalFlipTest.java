package org.equipoise.experiments.data.augmentation;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import org.equipoise.api.data.AugmentationSpec;
import org.equipoise.testkit.TestSeed;
import org.junit.jupiter.api.Test;

class HorizontalFlipTest extends AugmentationFixture {

  @Override
  public AugmentationSpec spec() {
    return new HorizontalFlip(0.25);
  }

  @Override
  public String expectedTypeName() {
    return "horizontal-flip";
  }

  @Test
  void should_mirror_columns_of_the_drawn_images_only() {
    // Two images of 2x3 with two channels: the tens are the pixel, the ones the channel.
    float[] image = {0, 1, 10, 11, 20, 21, 30, 31, 40, 41, 50, 51};
    float[] mirrored = {20, 21, 10, 11, 0, 1, 50, 51, 40, 41, 30, 31};
    NDArray images = manager.create(concat(image, image), new Shape(2, 2, 3, 2));

    NDArray flipped = new HorizontalFlip(0.5).apply(images, new Scripted(0.49, 0.5));

    assertThat(flipped.toFloatArray()).isEqualTo(concat(mirrored, image));
    assertThat(flipped.getShape()).isEqualTo(images.getShape());
    assertThat(images.toFloatArray()).isEqualTo(concat(image, image));
  }

  private static float[] concat(float[] a, float[] b) {
    float[] all = new float[a.length + b.length];
    System.arraycopy(a, 0, all, 0, a.length);
    System.arraycopy(b, 0, all, a.length, b.length);
    return all;
  }

  @Test
  void should_mirror_as_often_as_the_probability_says() {
    TestSeed.run(
        streams -> {
          int draws = 10_000;
          NDArray images = manager.zeros(new Shape(draws, 1, 2, 1));
          images.set(new NDIndex(":, :, 0, :"), 1);

          NDArray flipped = new HorizontalFlip(0.3).apply(images, streams.stream("flip"));

          // 3000 expected, standard deviation 46; the bound is 6 of them.
          assertThat(flipped.get(":, 0, 1, 0").sum().getFloat()).isBetween(2724f, 3276f);
        });
  }

  @Test
  void should_never_or_always_mirror_at_the_ends_of_the_range() {
    NDArray images = manager.create(new float[] {1, 2}, new Shape(1, 1, 2, 1));

    for (double draw : new double[] {0, Math.nextDown(1.0)}) {
      assertThat(new HorizontalFlip(0).apply(images, new Scripted(draw)).toFloatArray())
          .containsExactly(1, 2);
      assertThat(new HorizontalFlip(1).apply(images, new Scripted(draw)).toFloatArray())
          .containsExactly(2, 1);
    }
  }

  @Test
  void should_refuse_what_is_no_probability() {
    for (double wrong : new double[] {-0.1, 1.1, Double.NaN}) {
      refuses(() -> new HorizontalFlip(wrong), "probability: expected 0..1, is " + wrong);
    }
  }
}
