package org.equipoise.evaluation.detection.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.equipoise.evaluation.detection.DetectionCase;
import org.equipoise.testkit.TestSeed;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files with random damage give a result or an error that was meant for people: nothing else. */
class MutatedFilesTest {

  private static final List<String> PIECES =
      List.of(
          "0",
          "-1",
          "1e308",
          "-1e308",
          "1e-320",
          "NaN",
          "Infinity",
          "null",
          "true",
          "\"\"",
          "[]",
          "{}",
          "[[",
          "}",
          "9223372036854775808",
          "2147483648",
          "4294967297",
          "\"1\"",
          ",",
          ":",
          "\\u0000",
          "\"size\":[1,1]",
          "\"counts\":",
          "\"id\":0",
          "[0,0,0,0]",
          "\u00e9");
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir private Path folder;

  @Test
  void should_survive_random_damage() {
    damage(400);
  }

  @Test
  @Tag("slow")
  void should_survive_much_random_damage() {
    damage(40_000);
  }

  private void damage(int rounds) {
    TestSeed.run(
        streams -> {
          RandomGenerator random = streams.stream("damage");
          List<DetectionCase> cases = DetectionCase.own();
          int refused = 0;
          for (int i = 0; i < rounds; i++) {
            DetectionCase one = cases.get(random.nextInt(cases.size()));
            boolean truth = random.nextBoolean();
            Path file = truth ? one.truthFile() : one.detectionFile();
            byte[] damaged = damaged(Files.readAllBytes(file), random);
            Path copy = Files.write(folder.resolve("damaged.json"), damaged);
            refused +=
                Assertions.assertTimeoutPreemptively(
                        PATIENCE,
                        () ->
                            Refusal.assertSoundOrRefused(
                                one,
                                truth ? copy : one.truthFile(),
                                truth ? one.detectionFile() : copy))
                    ? 1
                    : 0;
          }
          // Some damage leaves a file that means something.
          assertThat(refused).isBetween(rounds / 10, rounds - 1);
        });
  }

  private static byte[] damaged(byte[] bytes, RandomGenerator random) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      int at = random.nextInt(text.length());
      int to = Math.min(text.length(), at + random.nextInt(12));
      String piece = PIECES.get(random.nextInt(PIECES.size()));
      text =
          switch (random.nextInt(6)) {
            case 0 -> text.substring(0, at) + piece + text.substring(at);
            case 1 -> text.substring(0, at) + text.substring(to);
            case 2 -> text.substring(0, at) + (char) random.nextInt(256) + text.substring(at + 1);
            case 3 -> overNumber(text, at, piece);
            case 4 -> overNumber(text, at, random.nextInt(-5, 400) + "");
            default ->
                random.nextInt(4) == 0
                    ? text.substring(0, at + 1)
                    : text.substring(0, to) + text.substring(at);
          };
    }
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Puts something in the place of the next number. */
  private static String overNumber(String text, int at, String piece) {
    int from = at;
    while (from < text.length() && !Character.isDigit(text.charAt(from))) {
      from++;
    }
    int to = from;
    while (to < text.length() && "0123456789.-e".indexOf(text.charAt(to)) >= 0) {
      to++;
    }
    return text.substring(0, from) + piece + text.substring(to);
  }
}
