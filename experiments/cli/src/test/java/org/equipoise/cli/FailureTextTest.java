package org.equipoise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FailureTextTest {

  private static final Path LOG = Path.of("log.txt");

  @Test
  void should_say_all_of_the_reason_and_the_log_apart_from_it() {
    assertThat(FailureText.of("softmax/1", "the loss is not finite", LOG))
        .isEqualTo("softmax/1 failed: the loss is not finite (log: log.txt)");
    assertThat(FailureText.of("softmax/1", "birds has 2 problems\n  a.png is empty\n  b", LOG))
        .isEqualTo(
            "softmax/1 failed: birds has 2 problems\n  a.png is empty\n  b\n  (log: log.txt)");
  }
}
