package org.equipoise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import org.equipoise.experiments.registry.PartKind;
import org.equipoise.experiments.registry.RegisteredPart;
import org.equipoise.experiments.registry.Registry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that show parts: list and describe. */
class PartsTest {

  private static final String ESCAPE = "\u001b";

  @Test
  void should_show_every_kind_if_none_is_named() {
    CommandRun run = CommandRun.of("list");

    assertThat(run.code()).isZero();
    assertThat(run.out().lines())
        .containsAll(Arrays.stream(PartKind.values()).map(PartKind::id).toList());
    assertThat(run.out()).contains("balanced-softmax", "class-balanced", "crt", "linear", "cosine");
  }

  @Test
  void should_show_one_kind_if_it_is_named() {
    CommandRun run = CommandRun.of("list", "losses");

    assertThat(run.code()).isZero();
    assertThat(run.out()).startsWith("losses").contains("focal-softmax").doesNotContain("crt");
  }

  @Test
  void should_suggest_the_nearest_kind_if_it_is_misspelt() {
    CommandRun run = CommandRun.of("list", "loses");

    assertThat(run.code()).isEqualTo(ExitCodes.USAGE);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("\"loses\"", "samplers", "Did you mean losses?");
  }

  @Test
  void should_show_formula_defaults_source_and_numbers_if_a_loss_is_described() {
    CommandRun run = CommandRun.of("describe", "loss", "balanced-softmax");

    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains("formula", "source", "Ren et al. 2020", "Defaults", "tau", "1.0")
        .contains("method: {loss: {type: balanced-softmax, tau: 1.0, prior: train-counts}}")
        .contains("n_c = 1000", "n_c = 10 ", "n_c = 1 ")
        .containsPattern("n_c = 0 +Refused: balanced-softmax: class 4 has no training example");
    assertThat(CommandRun.of("describe", "loss", "seql").out())
        .containsPattern("n_c = 0 +Class 4 is rare");
  }

  @Test
  void should_describe_every_part_if_asked_one_by_one() {
    Registry registry = Registry.load(getClass().getClassLoader());
    int parts = 0;
    for (PartKind kind : PartKind.values()) {
      for (RegisteredPart part : registry.parts(kind)) {
        CommandRun run = CommandRun.of("describe", kind.id(), part.typeName());

        assertThat(run.err()).as(part.typeName()).isEmpty();
        assertThat(run.code()).as(part.typeName()).isZero();
        assertThat(run.out()).contains(part.typeName(), "formula", "source", "In a config");
        parts++;
      }
    }
    assertThat(parts).isGreaterThan(20);
  }

  @Test
  void should_show_no_config_of_a_metric_that_studies_cannot_have() {
    CommandRun run = CommandRun.of("describe", "metric", "multi-label-average-precision");

    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("Not at all: studies have one label an image.");
    assertThat(run.out()).doesNotContain("metrics:");
    assertThat(CommandRun.of("describe", "metric", "top-k").out()).contains("metrics:\n");
  }

  @Test
  void should_show_no_config_of_a_loss_that_stages_cannot_feed() {
    CommandRun run = CommandRun.of("describe", "loss", "kl-distillation");

    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("Not at all: it needs the outputs of a teacher.");
    assertThat(run.out()).doesNotContain("method:");
    assertThat(CommandRun.of("describe", "loss", "bags").out())
        .contains("Not at all: it needs logits with columns");
    assertThat(CommandRun.of("describe", "loss", "seesaw").out()).contains("method:");
  }

  @Test
  void should_list_what_exists_if_a_part_is_misspelt() {
    CommandRun run = CommandRun.of("describe", "loss", "balanced-sofmax");

    assertThat(run.code()).isEqualTo(ExitCodes.USAGE);
    assertThat(run.err())
        .contains("no loss named \"balanced-sofmax\"", "Did you mean balanced-softmax?")
        .doesNotContain("\tat ");
  }

  @Test
  void should_say_so_if_the_plugin_folder_is_not_there(@TempDir Path folder) {
    CommandRun run = CommandRun.of("list", "--plugins", folder.resolve("none").toString());

    assertThat(run.code()).isEqualTo(ExitCodes.USAGE);
    assertThat(run.err()).contains("none", "not found");
  }

  @Test
  void should_use_no_colour_if_piped_or_told_not_to() {
    Terminal piped = new Terminal(false, true, false);
    Terminal told = new Terminal(true, true, true);

    assertThat(CommandRun.of(piped, "list").out()).doesNotContain(ESCAPE);
    assertThat(CommandRun.of(told, "list").out()).doesNotContain(ESCAPE);
    assertThat(CommandRun.of(told, "--help").out()).doesNotContain(ESCAPE);
    assertThat(CommandRun.of(piped, "describe", "loss", "cross-entropy").out())
        .doesNotContain(ESCAPE);
  }

  @Test
  void should_use_bold_if_a_person_reads() {
    assertThat(CommandRun.of(new Terminal(true, true, false), "list").out()).contains(ESCAPE);
  }
}
