package org.equipoise.testkit.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

class GoldenFilesTest {

  private static final String ONE_CASE =
      """
      {"name": "loss.toy", "formula": "l = a", "source": "none", "config": {"gamma": null},
       "cases": [{"id": "one", "inputs": {"labels": [0, 2], "rows": [[1.5, null], [2, 3]]},
                  "expected": {"value": 1e3}, "note": {"seen": 3}}]}
      """;

  @TempDir Path folder;
  private String before;

  @BeforeEach
  void remember() {
    before = System.getProperty(GoldenFiles.PROPERTY);
    System.clearProperty(GoldenFiles.PROPERTY);
  }

  @AfterEach
  void restore() {
    if (before == null) {
      System.clearProperty(GoldenFiles.PROPERTY);
    } else {
      System.setProperty(GoldenFiles.PROPERTY, before);
    }
  }

  @Test
  void should_list_the_built_in_files() {
    List<GoldenFile> files = GoldenFiles.all();

    assertThat(files).hasSizeGreaterThan(100).allMatch(file -> !file.cases().isEmpty());
    assertThat(files).extracting(GoldenFile::name).contains("loss.ldam", "stats.holm");
  }

  @Test
  void should_use_another_folder_if_the_property_names_one() throws IOException {
    useFolderWith("any-name.json", ONE_CASE);

    GoldenCase golden = GoldenFiles.owned("loss.toy").get(0).cases().get(0);

    assertThat(golden.id()).isEqualTo("one");
    assertThat(golden.note()).contains("{\"seen\":3}");
    assertThat(golden.config().optionalNumber("gamma")).isEmpty();
    assertThat(golden.inputs().ints("labels")).containsExactly(0, 2);
    assertThat(golden.inputs().matrix("rows")[0]).containsExactly(1.5, Double.NaN);
    assertThat(golden.expected().number("value")).isEqualTo(1000);
    assertThat(golden.error()).isEmpty();
    golden.requireAllRead();
  }

  @Test
  void should_fail_if_the_folder_has_no_file() throws IOException {
    useFolderWith("README.md", "nothing here");

    assertThatThrownBy(GoldenFiles::all).hasMessageContaining("none in");
  }

  @Test
  void should_say_where_it_looked_if_the_folder_is_not_there() {
    System.setProperty(GoldenFiles.PROPERTY, "no/such/folder");

    assertThatThrownBy(GoldenFiles::all)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(Path.of("no/such/folder/methods").toAbsolutePath().toString());
  }

  @Test
  void should_fail_if_a_config_key_was_not_read() throws IOException {
    useFolderWith("toy.json", ONE_CASE);
    GoldenCase golden = GoldenFiles.all().get(0).cases().get(0);
    golden.inputs().ints("labels");
    golden.inputs().matrix("rows");
    golden.expected().number("value");

    assertThatThrownBy(golden::requireAllRead)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("toy.json.config")
        .hasMessageContaining("gamma");
  }

  @Test
  void should_name_file_and_case_if_a_test_fails() throws IOException {
    useFolderWith("toy.json", ONE_CASE);
    DynamicContainer file =
        (DynamicContainer) GoldenFiles.tests("loss.toy", golden -> {}).findFirst().orElseThrow();
    DynamicTest one = (DynamicTest) file.getChildren().findFirst().orElseThrow();

    assertThat(one.getDisplayName()).isEqualTo("one");
    assertThatThrownBy(() -> one.getExecutable().execute())
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("toy.json/one: ")
        .hasMessageContaining("keys that the test does not know");
  }

  @Test
  void should_skip_a_case_if_an_assumption_does_not_hold() throws IOException {
    useFolderWith("toy.json", ONE_CASE);
    DynamicContainer file =
        (DynamicContainer)
            GoldenFiles.tests("loss.toy", golden -> Assumptions.abort("needs real data"))
                .findFirst()
                .orElseThrow();
    DynamicTest one = (DynamicTest) file.getChildren().findFirst().orElseThrow();

    assertThatThrownBy(() -> one.getExecutable().execute())
        .isInstanceOf(TestAbortedException.class)
        .hasMessageContaining("needs real data");
  }

  @Test
  void should_say_which_keys_there_are_if_one_is_missing() throws IOException {
    useFolderWith("toy.json", ONE_CASE);
    GoldenCase golden = GoldenFiles.all().get(0).cases().get(0);

    assertThatThrownBy(() -> golden.inputs().vector("logits"))
        .hasMessage("toy.json/one.inputs: no key \"logits\"; there are [labels, rows]");
    assertThatThrownBy(() -> golden.inputs().flag("labels"))
        .hasMessageContaining("expected true or false, found [0,2]");
    assertThatThrownBy(() -> golden.inputs().flags("labels"))
        .hasMessageContaining("expected true or false, found 0");
  }

  @Test
  void should_fail_if_a_file_has_other_keys() throws IOException {
    useFolderWith("toy.json", "{\"name\": \"loss.toy\"}");

    assertThatThrownBy(GoldenFiles::all).hasMessageContaining("this one has [name]");
  }

  @Test
  void should_refuse_a_name_that_the_module_does_not_own() {
    assertThatThrownBy(() -> GoldenFiles.owned("loss.ldam"))
        .hasMessageContaining("not in golden-owned.txt, which has [loss.toy]");
  }

  @Test
  void should_refuse_an_owned_name_without_a_built_in_file() {
    assertThatThrownBy(() -> GoldenFiles.owned("loss.toy"))
        .hasMessageContaining("there is none of the name loss.toy");
  }

  @Test
  void should_find_names_with_no_owner_with_two_and_with_both() throws IOException {
    for (String module : List.of("a", "b/c")) {
      Path resources = folder.resolve(module).resolve("src/test/resources");
      Files.createDirectories(resources);
      Files.writeString(resources.resolve("golden-owned.txt"), "# ours\nloss.ldam # margins\n\n");
    }

    GoldenOwnership read = GoldenOwnership.read(folder);
    assertThat(read.owners()).isEqualTo(new TreeMap<>(Map.of("loss.ldam", List.of("a", "b/c"))));
    // Nothing may be pending, but what is has to be a name.
    assertThat(read.pending()).allMatch(name -> name.matches("[a-z_]+\\.[a-z0-9_]+"));

    GoldenOwnership ownership =
        new GoldenOwnership(read.owners(), new TreeSet<>(List.of("loss.ldam", "loss.gone")));
    assertThat(ownership.problems(GoldenFiles.all()))
        .contains(
            "loss.gone: pending, but there is no golden file of that name",
            "loss.ldam: owned more than once, by [a, b/c]",
            "loss.ldam: owned by [a, b/c], so remove it from golden-pending.txt",
            "loss.vs: no module owns it, and it is not in golden-pending.txt");
  }

  @Test
  void should_hold_undefined_numbers_apart() {
    GoldenTolerance tolerance = GoldenTolerance.doublePrecision();

    tolerance.assertClose("x", Double.NaN, Double.NaN);
    tolerance.assertClose("x", 1 + 1e-9, 1);
    assertThatThrownBy(() -> tolerance.assertClose("x", 0, Double.NaN))
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> tolerance.assertClose("x", Double.NaN, 0))
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> tolerance.assertClose("x", 1 + 1e-7, 1))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("x: got 1.0000001, want 1.0");
    assertThatThrownBy(() -> tolerance.assertClose("x", new double[1], new double[2]))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void should_scale_the_single_precision_tolerance_by_the_largest_logit() {
    assertThat(GoldenTolerance.singlePrecision(new double[][] {{1, -500}}).absolute())
        .isEqualTo(0.01);
    assertThat(GoldenTolerance.singlePrecision(new double[][] {{0.5}}).absolute()).isEqualTo(2e-5);
  }

  private void useFolderWith(String fileName, String text) throws IOException {
    Path methods = Files.createDirectories(folder.resolve("methods"));
    Files.writeString(methods.resolve(fileName), text);
    System.setProperty(GoldenFiles.PROPERTY, folder.toString());
  }
}
