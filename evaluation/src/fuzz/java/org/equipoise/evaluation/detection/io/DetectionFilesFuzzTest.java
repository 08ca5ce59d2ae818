package org.equipoise.evaluation.detection.io;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.equipoise.evaluation.detection.DetectionCase;
import org.junit.jupiter.api.io.TempDir;

/**
 * Jazzer's search, guided by coverage, for a file of which neither a result nor an error meant for
 * people comes. Without {@code JAZZER_FUZZ=1} it looks at what it starts from alone.
 */
class DetectionFilesFuzzTest {

  private static final List<DetectionCase> CASES = DetectionCase.own();

  @TempDir static Path folder;

  /**
   * The first byte chooses one of the project's own cases, and which of its two files the others
   * take the place of.
   */
  @FuzzTest(maxDuration = "45s")
  void should_give_a_result_or_an_error_for_people(byte[] bytes) throws IOException {
    if (bytes.length == 0) {
      return;
    }
    int choice = Byte.toUnsignedInt(bytes[0]);
    DetectionCase one = CASES.get(choice / 2 % CASES.size());
    byte[] content = Arrays.copyOfRange(bytes, 1, bytes.length);
    Path file = Files.write(folder.resolve("fuzzed.json"), content);
    if (choice % 2 == 0) {
      Refusal.assertSoundOrRefused(one, one.truthFile(), file);
    } else {
      Refusal.assertSoundOrRefused(one, file, one.detectionFile());
    }
  }
}
