package org.equipoise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParseException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ErrorReportTest {

  private final StringWriter err = new StringWriter();

  private int report(boolean verbose, Exception error) {
    CommandLine command = Equipoise.commandLine(Terminal.PIPED).setErr(new PrintWriter(err, true));
    return new ErrorReport(() -> verbose).handleExecutionException(error, command, null);
  }

  @Test
  void should_say_one_line_and_where_the_trace_is_if_an_error_is_unexpected() throws Exception {
    int code = report(false, new IllegalStateException("first line\nsecond line"));

    assertThat(code).isEqualTo(ExitCodes.FAILED);
    assertThat(err.toString())
        .matches("equipoise: IllegalStateException: first line \\(log: .*\\)\\R");
    Path log = Path.of(err.toString().replaceFirst("(?s).*\\(log: (.*)\\).*", "$1"));
    assertThat(log).content().contains("second line", "\tat ");
    Files.delete(log);
  }

  @Test
  void should_show_the_trace_if_verbose() {
    report(true, new IllegalStateException("broken"));

    assertThat(err.toString()).contains("equipoise: IllegalStateException: broken", "\tat ");
  }

  @Test
  void should_say_what_was_said_if_a_file_is_the_matter() {
    assertThat(report(false, new IOException("train-images.gz: damaged, expected ...")))
        .isEqualTo(ExitCodes.FAILED);
    assertThat(err.toString())
        .isEqualToNormalizingNewlines("equipoise: train-images.gz: damaged, expected ...\n");
  }

  @Test
  void should_say_every_line_if_a_file_has_several_problems() {
    report(false, new IOException("birds has 2 problems\n  a.png is empty\n  b.png is empty\n"));

    assertThat(err.toString())
        .isEqualToNormalizingNewlines(
            "equipoise: birds has 2 problems\n  a.png is empty\n  b.png is empty\n");
  }

  @Test
  void should_not_take_what_a_parser_says_for_what_was_written_for_people() throws Exception {
    report(true, new JsonParseException(null, "Unexpected character"));

    assertThat(err.toString()).startsWith("equipoise: JsonParseException: Unexpected character");
  }

  @Test
  void should_let_no_name_of_a_file_speak_to_the_terminal() throws Exception {
    report(false, new IOException("birds has 1 problem\n  \u001b[2Ja.png is empty"));

    assertThat(err.toString())
        .isEqualToNormalizingNewlines("equipoise: birds has 1 problem\n  ?[2Ja.png is empty\n");
  }

  @Test
  void should_name_the_kind_of_error_if_its_message_is_a_path_alone() throws Exception {
    report(true, new NoSuchFileException("some/file"));

    assertThat(err.toString()).startsWith("equipoise: NoSuchFileException: some/file");
  }
}
