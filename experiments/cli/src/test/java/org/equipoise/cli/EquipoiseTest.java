package org.equipoise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class EquipoiseTest {

  @Test
  void should_show_commands_examples_and_exit_codes_if_asked_for_help() {
    CommandRun run = CommandRun.of("--help");

    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains("run", "plan", "list", "describe", "report", "export", "--version", "Examples:")
        .contains("configs/quickstart.yaml", "Exit codes");
  }

  @Test
  void should_summarise_each_command_in_a_sentence_of_one_line() {
    CommandLine command = Equipoise.commandLine(Terminal.PIPED);
    String help = CommandRun.of("--help").out();

    assertThat(command.getSubcommands()).hasSizeGreaterThan(9);
    command
        .getSubcommands()
        .forEach(
            (name, sub) -> {
              String summary = sub.getCommandSpec().usageMessage().description()[0];
              assertThat(summary).as(name).matches("[A-Z][^.]+\\.");
              assertThat(help).containsPattern("(?m)^  " + name + " +" + Pattern.quote(summary));
            });
    assertThat(help.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(81));
  }

  @Test
  void should_break_no_line_of_a_command_s_description() {
    Equipoise.commandLine(Terminal.PIPED)
        .getSubcommands()
        .forEach(
            (name, sub) ->
                assertThat(CommandRun.of(name, "--help").out().lines())
                    .containsSubsequence(sub.getCommandSpec().usageMessage().description()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "plan", "list", "describe", "report", "export", "evaluate"})
  void should_show_an_example_if_asked_for_help_on_a_command(String command) {
    CommandRun run = CommandRun.of(command, "--help");

    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("Example", "equipoise " + command + " ", "--verbose");
  }

  @Test
  void should_name_the_version_if_asked() {
    CommandRun run = CommandRun.of("--version");

    assertThat(run.code()).isZero();
    assertThat(run.out()).startsWith("equipoise ").contains("Java ");
  }

  @Test
  void should_fail_with_2_if_the_command_is_unknown() {
    CommandRun run = CommandRun.of("rum");

    assertThat(run.code()).isEqualTo(ExitCodes.USAGE);
    assertThat(run.err()).contains("rum", "equipoise run").contains("See: equipoise --help");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void should_fail_with_2_if_there_is_no_command() {
    assertThat(CommandRun.of().code()).isEqualTo(ExitCodes.USAGE);
  }

  @Test
  void should_fail_with_2_if_an_option_is_unknown() {
    CommandRun run = CommandRun.of("run", "study.yaml", "--job", "2");

    assertThat(run.code()).isEqualTo(ExitCodes.USAGE);
    assertThat(run.err()).contains("--job").contains("See: equipoise run --help");
  }

  @Test
  void should_heed_no_color_only_if_it_has_a_value() {
    // https://no-color.org: present and not an empty string
    assertThat(Terminal.ofProcess(Map.of("NO_COLOR", "1")).noColor()).isTrue();
    assertThat(Terminal.ofProcess(Map.of("NO_COLOR", "")).noColor()).isFalse();
    assertThat(Terminal.ofProcess(Map.of()).noColor()).isFalse();
  }
}
