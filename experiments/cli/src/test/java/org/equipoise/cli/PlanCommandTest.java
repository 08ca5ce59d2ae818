package org.equipoise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanCommandTest {

  @TempDir private Path folder;

  private CommandRun plan(Path file, String... overrides) {
    String[] args = new String[overrides.length + 4];
    args[0] = "plan";
    args[1] = file.toString();
    args[2] = "--out";
    args[3] = folder.resolve("out").toString();
    System.arraycopy(overrides, 0, args, 4, overrides.length);
    return CommandRun.of(args);
  }

  @Test
  void should_show_every_run_and_what_is_shared_if_nothing_is_done() {
    CommandRun run = plan(TinyStudy.QUICKSTART);

    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    assertThat(run.out().lines().filter(line -> line.matches("[0-9a-f]{16}  .*"))).hasSize(12);
    assertThat(run.out())
        .containsPattern("crt +2 +to do +representation [0-9a-f]{12} \\(shared with softmax/2\\)")
        .contains("12 runs, 0 done; 15 stages, of them 12 different and 0 cached")
        .contains("195 epochs to train");
  }

  @Test
  void should_write_nothing_if_asked_for_the_plan_alone() {
    plan(TinyStudy.QUICKSTART);

    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void should_plan_what_the_overrides_say() {
    CommandRun run = plan(TinyStudy.QUICKSTART, "seeds=[7]", "training.epochs=2");

    assertThat(run.out())
        .containsPattern("softmax +7 ")
        .contains("4 runs, 0 done", "11 epochs to train");
  }

  @Test
  void should_keep_the_id_of_a_run_if_its_arm_is_renamed() {
    String before = plan(TinyStudy.QUICKSTART).out();
    String after = plan(TinyStudy.QUICKSTART, "arms[1].id=renamed").out();

    String id = before.lines().filter(line -> line.contains(" focal ")).findFirst().orElseThrow();
    assertThat(after.lines().filter(line -> line.contains(" renamed ")).findFirst())
        .hasValueSatisfying(line -> assertThat(line).startsWith(id.substring(0, 16)));
  }

  @Test
  void should_print_every_problem_and_nothing_else_if_the_config_is_wrong() throws Exception {
    Path file =
        TinyStudy.write(
            folder,
            "  - {id: focal, method: {loss: {type: focal-softmax, gama: 2}}}",
            "  - {id: two, method: {sampler: {type: class-balancd}}}");

    CommandRun run = plan(file);

    assertThat(run.code()).isEqualTo(ExitCodes.USAGE);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .startsWith("tiny.yaml has 2 problems\n1) ")
        .contains("arms[1].method.loss.gama", "Did you mean gamma?")
        .contains("\n2) arms[2].method.sampler.type", "class-balancd")
        .doesNotContain("Exception", "\tat ");
    assertThat(run.err().lines()).hasSize(3);
  }

  @Test
  void should_warn_of_parts_that_correct_twice_unless_the_arm_accepts_it() throws Exception {
    String arm = "id: twice, method: {type: crt, classifierLoss: {type: balanced-softmax}}}";

    CommandRun open = plan(TinyStudy.write(folder, "  - {" + arm));
    CommandRun accepted =
        plan(TinyStudy.write(folder, "  - {accept: [double-prior-correction], " + arm));

    assertThat(open.code()).isZero();
    assertThat(open.out())
        .contains("Warning double-prior-correction, arm \"twice\", stage \"classifier\"\n")
        .contains("accept: [double-prior-correction] in this arm");
    assertThat(accepted.out())
        .contains("Accepted double-prior-correction, arm \"twice\", stage \"classifier\"\n")
        .doesNotContain("Warning");
    assertThat(accepted.out().substring(0, accepted.out().indexOf("Accepted")))
        .isEqualTo(open.out().substring(0, open.out().indexOf("Warning")));
  }

  @Test
  void should_say_so_if_there_is_no_such_file() {
    CommandRun run = plan(folder.resolve("none.yaml"));

    assertThat(run.code()).isEqualTo(ExitCodes.USAGE);
    assertThat(run.err()).contains("none.yaml", "no such file");
  }

  @Test
  void should_name_the_form_of_an_override_if_it_has_none() {
    CommandRun run = plan(TinyStudy.QUICKSTART, "epochs");

    assertThat(run.code()).isEqualTo(ExitCodes.USAGE);
    assertThat(run.err()).contains("PATH=VALUE");
  }

  @Test
  void should_name_the_key_if_a_value_is_out_of_range() throws Exception {
    Path file = TinyStudy.write(folder, "  - {id: two, method: {type: crt, epochs: 0}}");

    CommandRun run = plan(file);

    assertThat(run.code()).isEqualTo(ExitCodes.USAGE);
    assertThat(run.err()).contains("arms[1].method", "epochs");
    assertThat(Files.exists(folder.resolve("out"))).isFalse();
  }
}
