package org.equipoise.experiments.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.equipoise.experiments.engine.ForkedJvm;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class LongTrainingTest {

  private static final int STEPS = 2000;
  private static final int META_STEPS = 5000;
  private static final long TOLERATED_KILOBYTES = 15 * 1024;

  @TempDir Path folder;

  @Test
  @EnabledOnOs(OS.LINUX)
  void should_hold_no_more_memory_and_arrays_after_2000_steps_than_after_200() throws Exception {
    assertFlat("plain", STEPS);
  }

  @Test
  @Tag("slow")
  @EnabledOnOs(OS.LINUX)
  void should_hold_no_more_memory_and_arrays_after_5000_meta_steps_than_after_500()
      throws Exception {
    assertFlat("meta", META_STEPS);
  }

  // The heap is touched from the start and the optimising compiler, which takes tens of megabytes
  // whenever it wakes up, stays off: what grows then is the engine's.
  private void assertFlat(String what, int steps) throws Exception {
    List<String> lines =
        ForkedJvm.run(
            List.of("-Xms96m", "-Xmx96m", "-XX:+AlwaysPreTouch", "-XX:TieredStopAtLevel=1"),
            LongTraining.class,
            folder.toString(),
            Integer.toString(steps),
            what);

    List<Long> arrays = numbers(lines, "ARRAYS ");
    assertThat(arrays).hasSize(steps);
    assertThat(arrays.stream().distinct()).hasSize(1);
    List<Long> kilobytes = numbers(lines, "KILOBYTES ");
    assertThat(kilobytes.get(1) - kilobytes.get(0)).isLessThan(TOLERATED_KILOBYTES);
  }

  private static List<Long> numbers(List<String> lines, String prefix) {
    return lines.stream()
        .filter(line -> line.startsWith(prefix))
        .map(line -> Long.parseLong(line.substring(prefix.length())))
        .toList();
  }
}
