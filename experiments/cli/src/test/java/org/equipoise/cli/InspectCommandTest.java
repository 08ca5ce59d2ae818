package org.equipoise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectCommandTest {

  @TempDir private Path folder;

  @Test
  void should_show_classes_damage_and_tiny_ones_in_80_columns() throws Exception {
    OwnImages images = new OwnImages(folder);
    images.write("trouser", 1, 0, 120);
    List<Path> bags = images.write("bag", 8, 0, 21);
    images.write("boot", 9, 0, 3);
    byte[] bytes = Files.readAllBytes(bags.get(0));
    Files.write(bags.get(0), Arrays.copyOf(bytes, bytes.length / 2));
    Files.copy(bags.get(1), folder.resolve("bag/copy.png"));

    CommandRun run = CommandRun.of("inspect", folder.toString());

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("3 classes, 144 images", "Imbalance factor 40.0")
        .contains("many (> 100): 1, medium (20-100): 1, few (< 20): 1")
        .containsPattern("(?m)^  trouser +120  █{40,}$")
        .containsPattern("(?m)^  boot +3  ██$")
        .contains("Unreadable files: 1\n  bag/" + bags.get(0).getFileName() + " ends too early")
        .contains("The same image more than once within a split: 1\n")
        .contains("= bag/copy.png")
        .contains("Classes with fewer than 5 images to train on: 1\n  boot: 3")
        .contains("Suggestions", "Hold out a part of every class");
    assertThat(run.out().lines().skip(1)).allSatisfy(l -> assertThat(l).hasSizeLessThan(81));
  }

  @Test
  void should_end_with_1_if_an_image_is_in_train_and_in_test() throws Exception {
    OwnImages images = new OwnImages(folder);
    Path bag = images.write("train/bag", 8, 0, 6).get(0);
    images.write("train/boot", 9, 0, 6);
    images.write("test/bag", 8, 6, 2);
    assertThat(CommandRun.of("inspect", folder.toString()).code()).isZero();

    Files.copy(bag, folder.resolve("test/bag/again.png"));
    CommandRun run = CommandRun.of("inspect", folder.toString());

    assertThat(run.code()).isEqualTo(ExitCodes.FAILED);
    assertThat(run.out())
        .contains("The same image in several splits: 1\n", "train/bag/" + bag.getFileName())
        .contains("test/bag/again.png");
    CommandRun json = CommandRun.of("inspect", folder.toString(), "--json", "--decode");
    assertThat(json.code()).isEqualTo(ExitCodes.FAILED);
    assertThat(json.out()).startsWith("{").contains("\"name\" : \"test/bag/again.png\"");
  }

  @Test
  void should_let_no_name_of_a_file_speak_to_the_terminal() throws Exception {
    new OwnImages(folder).write("bag", 8, 0, 6);
    new OwnImages(folder).write("boot", 9, 0, 6);
    Files.write(folder.resolve("bag/\u001b[2J\nclean.png"), new byte[0]);

    CommandRun run = CommandRun.of("inspect", folder.toString());

    assertThat(run.out()).contains("Unreadable files: 1\n  bag/?[2J?clean.png is empty\n");
  }

  @Test
  void should_name_what_was_not_looked_at_instead_of_failing() throws Exception {
    OwnImages images = new OwnImages(folder);
    Path bag = images.write("bag", 8, 0, 6).get(0);
    images.write("boot", 9, 0, 6);
    Files.copy(bag, folder.resolve("loose.png"));
    Files.createSymbolicLink(folder.resolve("bag/loop"), Path.of(".."));
    Files.createSymbolicLink(folder.resolve("boot/gone.jpg"), Path.of("none.jpg"));

    CommandRun run = CommandRun.of("inspect", folder.toString());
    CommandRun json = CommandRun.of("inspect", folder.toString(), "--json");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("2 classes, 12 images")
        .contains("Unreadable files: 1\n  boot/gone.jpg is a link that leads nowhere\n")
        .containsPattern("Not looked at.*: 2\n")
        .contains("  bag/loop, a link to a folder that it lies in\n")
        .contains("  loose.png, an image that lies in no folder of a class\n");
    assertThat(json.out()).contains("bag/loop, a link", "loose.png, an image", "boot/gone.jpg");
  }

  @Test
  void should_name_a_few_of_many_classes() throws Exception {
    OwnImages images = new OwnImages(folder);
    for (int c = 0; c < 30; c++) {
      images.write("class-%02d".formatted(c), c % 10, c, 1 + c % 7);
    }

    CommandRun run = CommandRun.of("inspect", folder.toString());

    assertThat(run.out()).contains("30 classes").contains("... 6 more classes ...");
  }

  @Test
  void should_show_the_layout_if_there_is_no_such_folder() {
    CommandRun run = CommandRun.of("inspect", folder.resolve("none").toString());

    assertThat(run.code()).isEqualTo(ExitCodes.USAGE);
    assertThat(run.err()).contains("there is no such folder", "DIR/train/cat/1.jpg");
    assertThat(CommandRun.of("inspect", folder.toString()).err())
        .contains("no folders of classes", "DIR/cat/1.jpg");
  }
}
