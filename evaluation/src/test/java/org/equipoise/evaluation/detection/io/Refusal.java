package org.equipoise.evaluation.detection.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.equipoise.evaluation.detection.DetectionCase;
import org.equipoise.evaluation.detection.DetectionEvaluation;
import org.equipoise.evaluation.detection.DetectionResult;
import org.equipoise.evaluation.detection.Detections;
import org.equipoise.evaluation.detection.GroundTruth;

/** What becomes of damaged files: a result, or an error that was meant for people. */
final class Refusal {

  private Refusal() {}

  /**
   * Reads and evaluates files, and fails unless they are refused or their figures are sound.
   *
   * @return whether they were refused
   */
  static boolean assertSoundOrRefused(DetectionCase one, Path truthFile, Path detectionFile)
      throws IOException {
    try {
      GroundTruth truth =
          GroundTruthFile.read(truthFile, one.rules(), one.iouType(), ReadProgress.NONE);
      Detections detections =
          DetectionFile.read(
              detectionFile, truth, one.iouType(), one.dropBoxes(), ReadProgress.NONE);
      DetectionResult result =
          new DetectionEvaluation(one.rules(), one.iouType()).tally(detections).result();
      assertThat(result.figures().values())
          .allSatisfy(value -> assertThat(value.orElse(0)).isBetween(0.0, 1.0));
      return false;
    } catch (DetectionFileException | IllegalArgumentException meant) {
      assertThat(meant.getMessage()).isNotBlank().doesNotContain("Exception").hasSizeLessThan(1000);
      return true;
    }
  }
}
