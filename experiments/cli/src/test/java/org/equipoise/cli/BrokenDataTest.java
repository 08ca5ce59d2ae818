package org.equipoise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What commands say of data that cannot be used: which file it is, and why. */
class BrokenDataTest {

  private static final String IMAGES =
      "images: {size: 28, centreCrop: 1, mean: [0.5], std: [0.5]}}";
  private static final String FOLDER = "dataset={type: image-folder, " + IMAGES;

  @TempDir private Path folder;
  private List<Path> bags;
  private List<Path> boots;
  private Path study;

  @BeforeEach
  void writeImages() throws Exception {
    OwnImages images = new OwnImages(data());
    bags = images.write("bag", 8, 0, 6);
    boots = images.write("boot", 9, 0, 6);
    study = TinyStudy.write(folder);
  }

  private Path data() {
    return folder.resolve("data");
  }

  private CommandRun of(String command, String... overrides) {
    List<String> args = new ArrayList<>(List.of(command, study.toString()));
    args.addAll(List.of(overrides));
    args.addAll(List.of("--data-dir", data().toString(), "--out", folder.resolve("o").toString()));
    return CommandRun.of(args.toArray(String[]::new));
  }

  private String lists(String format) {
    return "dataset={type: image-list, format: {type: %s}, train: train, test: test, %s"
        .formatted(format, IMAGES);
  }

  private void list(String name, String... lines) throws Exception {
    Files.write(data().resolve(name), List.of(lines));
  }

  private String name(Path image) {
    return data().relativize(image).toString().replace('\\', '/');
  }

  private static void isRefused(CommandRun run, String where, String... complaints) {
    assertThat(run.code()).isEqualTo(ExitCodes.FAILED);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .isEqualToNormalizingNewlines(
            "equipoise: " + where + "\n  " + String.join("\n  ", complaints) + "\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"plan", "run"})
  void should_name_every_damaged_image(String command) throws Exception {
    byte[] bytes = Files.readAllBytes(bags.get(0));
    Files.write(bags.get(0), Arrays.copyOf(bytes, bytes.length / 2));
    Files.write(boots.get(1), new byte[0]);

    isRefused(
        of(command, FOLDER, "dataset.heldOut=0.01"),
        data() + ", split train, of 10 files, has 2 problems",
        name(bags.get(0)) + " ends too early: the PNG file has no end mark",
        name(boots.get(1)) + " is empty");
  }

  @Test
  void should_name_twenty_damaged_images_and_count_the_others() throws Exception {
    for (Path image : new OwnImages(data()).write("shirt", 6, 0, 40)) {
      Files.write(image, new byte[0]);
    }

    CommandRun run = of("plan", FOLDER, "dataset.heldOut=0.3");

    assertThat(run.err()).contains("has 28 problems\n").endsWith("  and 8 more\n");
    assertThat(run.err().lines()).hasSize(22);
  }

  @ParameterizedTest
  @ValueSource(strings = {"plan", "run"})
  void should_name_every_malformed_line_of_a_list(String command) throws Exception {
    list("train", name(bags.get(0)) + " 0", name(boots.get(0)), name(boots.get(1)) + " one");
    list("test", name(bags.get(1)) + " 0");

    isRefused(
        of(command, lists("path-label")),
        data().resolve("train") + " has 2 problems",
        "line 2: \"" + name(boots.get(0)) + "\": expected a path, a space and a class id",
        "line 3: \"" + name(boots.get(1)) + " one\": expected a path, a space and a class id");
  }

  @Test
  void should_name_an_image_that_is_missing_and_one_that_is_in_both_lists() throws Exception {
    list("train", name(bags.get(0)) + " 0", name(boots.get(0)) + " 1", "boot/none.png 1");
    list("test", name(bags.get(1)) + " 0");
    isRefused(
        of("plan", lists("path-label")),
        data() + ", split train, of 3 files, has 1 problem",
        "boot/none.png is missing");

    list("test", name(bags.get(0)) + " 0");
    isRefused(
        of("plan", lists("path-label")),
        data() + " has 1 problem",
        name(bags.get(0)) + " is in train and in test");
  }

  @Test
  void should_name_every_malformed_line_of_a_csv() throws Exception {
    list("train", "path,label", name(bags.get(0)), name(boots.get(0)) + ",\"boot");
    list("test", "path,label", name(bags.get(1)) + ",bag");

    isRefused(
        of("plan", lists("csv")),
        data().resolve("train") + " has 2 problems",
        "line 2: 1 fields; expected 2 as in the header",
        "line 3: a double quote that is not closed");
  }

  @Test
  void should_name_a_class_of_the_test_split_that_nothing_can_learn() throws Exception {
    Files.createDirectory(data().resolve("train"));
    Files.move(data().resolve("bag"), data().resolve("train/bag"));
    Files.move(data().resolve("boot"), data().resolve("train/boot"));
    OwnImages images = new OwnImages(data());
    images.write("test/bag", 8, 10, 2);
    images.write("test/shirt", 6, 0, 2);
    String complaint = "class shirt is in test, but not in train: nothing could learn it";

    isRefused(of("plan", FOLDER), data() + " has 1 problem", complaint);

    CommandRun inspected = CommandRun.of("inspect", data().toString());
    assertThat(inspected.code()).isEqualTo(ExitCodes.FAILED);
    assertThat(inspected.out()).contains("Problems: 1\n  " + complaint + "\n");
    CommandRun trained =
        CommandRun.of("train", "--data", data().toString(), "--out", folder.resolve("m") + "");
    assertThat(trained.code()).isEqualTo(ExitCodes.USAGE);
    assertThat(trained.err()).contains(data() + ":\n  " + complaint + "\n");
  }

  @Test
  void should_name_paths_without_detours() {
    CommandRun run =
        CommandRun.of(
            "plan", study.toString(), FOLDER, "dataset.folder=none", "--data-dir", data() + "/.");

    assertThat(run.err()).startsWith("equipoise: " + data().resolve("none") + ": not a folder");
    String table = "dataset={type: feature-table, train: ./a.csv, test: b.csv, extractor: x}";
    assertThat(of("plan", table).err())
        .startsWith("equipoise: " + data().resolve("a.csv") + ": there is no such file");
  }
}
