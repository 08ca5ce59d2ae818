package org.equipoise.experiments.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ClassifierRequestTest {

  private static ClassifierRequest request(
      Optional<BackboneChoice> backbone, Optional<Path> weights, int size) {
    return new ClassifierRequest(
        Path.of("photos"),
        Path.of("models/photos"),
        backbone,
        weights,
        OptionalInt.empty(),
        OptionalInt.of(size),
        1,
        1);
  }

  @Test
  void should_choose_the_network_by_whether_there_are_weights() {
    Optional<Path> weights = Optional.of(Path.of("net.safetensors"));

    assertThat(request(Optional.empty(), weights, 96).network())
        .isEqualTo(BackboneChoice.MOBILENET_V2);
    assertThat(request(Optional.empty(), Optional.empty(), 96).network())
        .isEqualTo(BackboneChoice.SMALL_CNN);
  }

  @Test
  void should_keep_the_study_beside_the_model() {
    assertThat(request(Optional.empty(), Optional.empty(), 96).workFolder())
        .isEqualTo(Path.of("models/photos.training").toAbsolutePath());
  }

  @Test
  void should_refuse_what_does_not_go_together() {
    assertThatThrownBy(
            () -> request(Optional.of(BackboneChoice.MOBILENET_V2), Optional.empty(), 96))
        .hasMessageContaining("weights: missing");
    assertThatThrownBy(
            () -> request(Optional.of(BackboneChoice.RESNET), Optional.of(Path.of("net")), 96))
        .hasMessageContaining("weights: expected none, for resnet is trained from scratch");
    assertThatThrownBy(() -> request(Optional.empty(), Optional.empty(), 4))
        .hasMessage("size: expected 8..512, is 4");
  }
}
