package org.equipoise.experiments.data.folders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.equipoise.api.data.DatasetSpec;
import org.equipoise.experiments.config.ConfigException;
import org.equipoise.experiments.config.DatasetConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The keys of {@code images:} as configs write them. */
class ImageReadingConfigTest {

  @TempDir private Path folder;

  @Test
  void should_look_at_headers_and_fail_unless_told_otherwise() throws IOException {
    assertThat(dataset("{size: 32}"))
        .isEqualTo(
            new ImageFolder(
                ".",
                0.2,
                0,
                new ImageReading(
                    32,
                    0.875,
                    List.of(0.485, 0.456, 0.406),
                    List.of(0.229, 0.224, 0.225),
                    Damaged.FAIL,
                    Check.HEADER)));
  }

  @Test
  void should_read_every_key_and_write_it_down_again() throws IOException {
    DatasetSpec spec =
        dataset(
            "{size: 28, centreCrop: 1, mean: [0.286], std: [0.353], damaged: skip, check: decode}");

    assertThat(spec)
        .isEqualTo(new ImageFolder(".", 0.2, 0, PictureFolder.reading(Damaged.SKIP, Check.DECODE)));
    String json = DatasetConfig.json(spec);
    assertThat(json).contains("\"damaged\":\"skip\",\"check\":\"decode\"");
    assertThat(DatasetConfig.ofJson(json)).isEqualTo(spec);
  }

  @Test
  void should_name_the_choices_of_how_closely_to_look() {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> dataset("{check: decod}"))
        .withMessageContaining("dataset.images.check")
        .withMessageContaining("header")
        .withMessageContaining("decode");
  }

  private DatasetSpec dataset(String images) throws IOException {
    return DatasetConfig.read(folder, "{type: image-folder, images: " + images + "}");
  }
}
