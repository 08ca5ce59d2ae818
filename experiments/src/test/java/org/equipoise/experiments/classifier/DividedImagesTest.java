package org.equipoise.experiments.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.equipoise.experiments.data.folders.FolderScan;
import org.equipoise.experiments.data.folders.PictureFolder;
import org.equipoise.experiments.data.inspection.FolderInspection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DividedImagesTest {

  @TempDir private Path root;

  private DividedImages divided() throws IOException {
    FolderScan scan = FolderScan.of(root);
    return DividedImages.of(scan, FolderInspection.of(scan, false), 1);
  }

  private List<String> pictures(String folder, int label, int count) throws IOException {
    return new PictureFolder(root).write(folder, label, count, ".png");
  }

  @Test
  void should_hold_out_a_fifth_of_every_class_and_leave_test_alone() throws IOException {
    List<String> all = new ArrayList<>(pictures("train/bag", 8, 20));
    all.addAll(pictures("train/coat", 4, 5));
    List<String> test = pictures("test/coat", 6, 3);

    DividedImages divided = divided();

    assertThat(divided.ownVal()).isFalse();
    assertThat(divided.trainCounts().toArray()).containsExactly(16, 4);
    assertThat(divided.heldOut().labels()).containsExactlyInAnyOrder(0, 0, 0, 0, 1);
    List<String> both = new ArrayList<>(divided.train().names());
    both.addAll(divided.heldOut().names());
    assertThat(both).containsExactlyInAnyOrderElementsOf(all);
    assertThat(divided.test().orElseThrow().names()).containsExactlyInAnyOrderElementsOf(test);
  }

  @Test
  void should_compare_on_val_if_there_is_one() throws IOException {
    pictures("train/bag", 8, 6);
    pictures("train/coat", 4, 6);
    List<String> val = pictures("val/bag", 9, 2);

    DividedImages divided = divided();

    assertThat(divided.ownVal()).isTrue();
    assertThat(divided.train().size()).isEqualTo(12);
    assertThat(divided.heldOut().names()).containsExactlyInAnyOrderElementsOf(val);
    assertThat(divided.test()).isEmpty();
  }

  @Test
  void should_hold_out_no_copy_of_what_is_trained_on() throws IOException {
    List<String> bags = pictures("bag", 8, 20);
    pictures("coat", 4, 20);
    // GIVEN four more files of every bag: hardly one is held out with all of its copies
    for (String bag : bags) {
      for (int i = 0; i < 4; i++) {
        Files.copy(root.resolve(bag), root.resolve(bag.replace(".png", "-" + i + ".png")));
      }
    }

    DividedImages divided = divided();

    List<byte[]> trained = contents(divided.train().names());
    assertThat(divided.heldOut().names()).isNotEmpty();
    assertThat(contents(divided.heldOut().names()))
        .allSatisfy(held -> assertThat(trained).doesNotContain(held));
    assertThat(divided.train().size() + divided.heldOut().size()).isEqualTo(120);
  }

  private List<byte[]> contents(List<String> names) throws IOException {
    List<byte[]> contents = new ArrayList<>();
    for (String name : names) {
      contents.add(Files.readAllBytes(root.resolve(name)));
    }
    return contents;
  }

  @Test
  void should_leave_out_unreadable_files_and_refuse_a_class_of_nothing_else() throws IOException {
    pictures("bag", 8, 6);
    pictures("coat", 4, 6);
    Files.write(root.resolve("coat/cut.png"), new byte[] {1, 2, 3});

    assertThat(divided().train().names()).doesNotContain("coat/cut.png");

    Files.createDirectories(root.resolve("shoe"));
    Files.write(root.resolve("shoe/cut.png"), new byte[] {1, 2, 3});
    assertThatThrownBy(this::divided)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("class shoe has no readable image left");
  }
}
