package org.equipoise.api.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.List;
import org.equipoise.api.data.ImageExamples.ImageFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ImagesTest {

  private static final ImageFormat FORMAT =
      new ImageFormat(4, 4, 3, List.of(0.1, 0.2, 0.3), List.of(1.0, 1.0, 1.0));

  static List<Images> kinds() {
    return List.of(
        new ImageExamples(new byte[2 * 48], new int[] {0, 1}, FORMAT),
        new ImageFiles(Path.of("birds"), List.of("a.jpg", "b.jpg"), new int[] {0, 1}, FORMAT, 0.9));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void should_be_the_same_images_under_another_normalisation(Images images) {
    Images other = images.normalisedBy(List.of(0.5, 0.5, 0.5), List.of(0.5, 0.25, 0.5));

    assertThat(other).isInstanceOf(images.getClass());
    assertThat(other.format().mean()).containsExactly(0.5, 0.5, 0.5);
    assertThat(other.format().std()).containsExactly(0.5, 0.25, 0.5);
    assertThat(other.inputShape()).isEqualTo(images.inputShape()).isEqualTo(new Shape(3, 4, 4));
    assertThat(other.labels()).isEqualTo(images.labels());
    assertThat(images.format()).isEqualTo(FORMAT);
    if (other instanceof ImageFiles files) {
      assertThat(files.path(1)).isEqualTo(Path.of("birds/b.jpg"));
      assertThat(files.centreCrop()).isEqualTo(0.9);
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void should_refuse_a_normalisation_of_other_channels(Images images) {
    assertThatThrownBy(() -> images.normalisedBy(List.of(0.5), List.of(0.5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("mean and std need one number for each of 3 channels");
  }
}
