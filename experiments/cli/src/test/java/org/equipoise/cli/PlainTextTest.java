package org.equipoise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PlainTextTest {

  @Test
  void should_let_nothing_through_that_a_terminal_would_obey() {
    assertThat(PlainText.line("a\u001b[2J.png\nok\r\u0007\u009b1m\tb é 犬"))
        .isEqualTo("a?[2J.png?ok???1m\tb é 犬");
    assertThat(PlainText.lines("has 1 problem\n  a\u001b[2J.png is empty"))
        .isEqualTo("has 1 problem\n  a?[2J.png is empty");
  }

  @Test
  void should_be_asked_for_why_a_run_failed() {
    assertThat(FailureText.of("softmax/1", "\u001b[31ma.png is empty", Path.of("log.txt")))
        .isEqualTo("softmax/1 failed: ?[31ma.png is empty (log: log.txt)");
  }
}
