package org.equipoise.experiments.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.equipoise.api.data.ImageExamples.ImageFormat;
import org.equipoise.api.data.ImageFiles;
import org.junit.jupiter.api.Test;

class InputNormalisationTest {

  private static final List<Double> OWN = List.of(0.1, 0.2, 0.3);
  private static final ImageFiles FILES =
      new ImageFiles(
          Path.of("root"),
          List.of("a.png", "folder/b.png"),
          new int[] {1, 0},
          new ImageFormat(8, 8, 3, OWN, OWN),
          0.75);

  @Test
  void should_normalise_files_as_the_network_wants_them_and_keep_all_else() {
    ImageFiles changed = (ImageFiles) new InputNormalisation.Symmetric().applyTo(FILES);

    assertThat(changed.format())
        .isEqualTo(new ImageFormat(8, 8, 3, List.of(0.5, 0.5, 0.5), List.of(0.5, 0.5, 0.5)));
    assertThat(changed.labels()).containsExactly(1, 0);
    assertThat(changed.path(1)).isEqualTo(Path.of("root", "folder", "b.png"));
    assertThat(changed.centreCrop()).isEqualTo(0.75);
  }

  @Test
  void should_leave_files_alone_if_the_data_set_says_how() {
    ImageFiles same = (ImageFiles) new InputNormalisation.Dataset().applyTo(FILES);

    assertThat(same.format()).isEqualTo(FILES.format());
  }

  @Test
  void should_refuse_files_of_other_channels() {
    InputNormalisation one = new InputNormalisation.Channels(List.of(0.5), List.of(0.5));

    assertThatThrownBy(() -> one.applyTo(FILES))
        .hasMessageContaining("mean and std need one number for each of 3 channels");
  }
}
