package org.equipoise.experiments.data.cifar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Path;
import org.equipoise.api.data.DatasetSpec;
import org.equipoise.experiments.config.ConfigException;
import org.equipoise.experiments.config.DatasetConfig;
import org.equipoise.experiments.data.longtail.ClassOrder;
import org.equipoise.experiments.data.longtail.Profile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The data sets as configs write them. */
class CifarConfigTest {

  @TempDir private Path folder;

  @Test
  void should_be_the_published_subset_if_only_the_name_is_given() throws IOException {
    assertThat(dataset("{type: cifar100-lt}")).isEqualTo(new Cifar100Lt());
  }

  @Test
  void should_read_profile_and_class_order() throws IOException {
    assertThat(
            dataset(
                "{type: cifar10-lt, imbalanceFactor: 50, profile: {type: step},"
                    + " classOrder: {type: permuted, seed: 3}, subsetSeed: 1}"))
        .isEqualTo(new Cifar10Lt(50, new Profile.Step(), new ClassOrder.Permuted(3), 1));
  }

  @Test
  void should_keep_every_parameter_in_the_resolved_config() throws IOException {
    DatasetSpec spec = new Cifar10Lt(50, new Profile.Step(), new ClassOrder.Permuted(3), 1);

    String json = DatasetConfig.json(spec);

    assertThat(json)
        .isEqualTo(
            "{\"type\":\"cifar10-lt\",\"imbalanceFactor\":50.0,\"profile\":{\"type\":\"step\"},"
                + "\"classOrder\":{\"type\":\"permuted\",\"seed\":3},\"subsetSeed\":1}");
    assertThat(DatasetConfig.ofJson(json)).isEqualTo(spec);
  }

  @Test
  void should_name_the_key_and_the_choices_if_the_profile_is_unknown() {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> dataset("{type: cifar10-lt, profile: {type: exponentail}}"))
        .withMessageContaining("dataset.profile.type")
        .withMessageContaining("exponential, step");
  }

  @Test
  void should_say_which_imbalance_factors_there_are() {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> dataset("{type: cifar100-lt, imbalanceFactor: 501}"))
        .withMessageContaining("imbalanceFactor: expected 1..500");
  }

  private DatasetSpec dataset(String yaml) throws IOException {
    return DatasetConfig.read(folder, yaml);
  }
}
