package org.equipoise.experiments.data.folders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.equipoise.api.data.DataContext;
import org.equipoise.api.data.DatasetSpec;
import org.equipoise.api.data.ImageFiles;
import org.equipoise.api.data.LabelledData;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.experiments.data.images.WrittenImages;
import org.equipoise.experiments.files.Sha256;
import org.equipoise.testkit.SpecContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest implements SpecContract<DatasetSpec> {

  @TempDir private Path root;

  @Override
  public DatasetSpec spec() {
    return new ImageFolder("birds", 0.3, 4, new ImageReading());
  }

  @Override
  public String expectedTypeName() {
    return "image-folder";
  }

  private LabelledData load(Damaged damaged) throws IOException {
    return load(damaged, Check.HEADER);
  }

  private LabelledData load(Damaged damaged, Check check) throws IOException {
    return new ImageFolder(".", 0.25, 0, PictureFolder.reading(damaged, check))
        .load(new DataContext(root, false));
  }

  private void writeSplit() throws IOException {
    PictureFolder pictures = new PictureFolder(root);
    pictures.write("train/zebra", 0, 5, ".png");
    pictures.write("train/Ant/near", 1, 3, ".JPG");
    pictures.write("test/Ant", 2, 2, ".png");
    pictures.write("test/zebra", 2, 2, ".jpeg");
    Files.writeString(root.resolve("train/zebra/notes.txt"), "hello");
    Files.writeString(root.resolve("train/zebra/.hidden.jpg"), "hello");
  }

  @Test
  void should_take_folders_for_classes_in_the_order_of_their_names() throws IOException {
    writeSplit();

    LabelledData data = load(Damaged.FAIL);

    assertThat(data.classNames()).containsExactly("Ant", "zebra");
    assertThat(data.published()).isEqualTo(ClassCounts.of(3, 5));
    ImageFiles train = (ImageFiles) data.train();
    assertThat(train.labels()).containsExactly(0, 0, 0, 1, 1, 1, 1, 1);
    assertThat(train.name(0)).startsWith("train/Ant/near/").endsWith(".JPG");
    assertThat(data.test().labels()).containsExactly(0, 0, 1, 1);
    assertThat(data.fingerprints()).containsOnlyKeys("train-files", "test-files");
    assertThat(FolderScan.of(root).ignored()).containsExactly("train/zebra/notes.txt");
  }

  @Test
  void should_notice_by_its_fingerprint_if_a_file_is_another_one() throws IOException {
    writeSplit();
    LabelledData before = load(Damaged.FAIL);
    Path file = ((ImageFiles) before.train()).path(3);
    Files.write(file, new byte[] {0}, java.nio.file.StandardOpenOption.APPEND);

    LabelledData after = load(Damaged.FAIL);

    assertThat(after.fingerprints().get("train-files"))
        .isNotEqualTo(before.fingerprints().get("train-files"));
    assertThat(after.fingerprints().get("test-files"))
        .isEqualTo(before.fingerprints().get("test-files"));
  }

  @Test
  void should_hold_out_a_part_of_every_class_if_there_is_no_test_folder() throws IOException {
    PictureFolder pictures = new PictureFolder(root);
    pictures.write("a", 0, 8, ".png");
    pictures.write("b", 1, 2, ".png");
    pictures.write("c", 2, 1, ".png");

    LabelledData data = load(Damaged.FAIL);

    assertThat(data.train().labels()).containsExactly(0, 0, 0, 0, 0, 0, 1, 2);
    assertThat(data.test().labels()).containsExactly(0, 0, 1);
    assertThat(load(Damaged.FAIL).fingerprints()).isEqualTo(data.fingerprints());
    LabelledData other =
        new ImageFolder(".", 0.25, 1, PictureFolder.reading(Damaged.FAIL))
            .load(new DataContext(root, false));
    assertThat(other.fingerprints()).isNotEqualTo(data.fingerprints());
  }

  @Test
  void should_evaluate_on_val_if_there_is_no_test_folder() throws IOException {
    writeSplit();
    Files.move(root.resolve("test"), root.resolve("val"));

    assertThat(load(Damaged.FAIL).test().labels()).containsExactly(0, 0, 1, 1);
  }

  @Test
  void should_offer_val_to_choose_by_if_there_is_a_test_folder() throws IOException {
    writeSplit();
    new PictureFolder(root).write("val/Ant", 7, 1, ".png");
    new PictureFolder(root).write("val/zebra", 8, 2, ".png");

    LabelledData data = load(Damaged.FAIL);

    assertThat(data.test().labels()).containsExactly(0, 0, 1, 1);
    assertThat(data.validation().orElseThrow().labels()).containsExactly(0, 1, 1);
    assertThat(data.fingerprints()).containsOnlyKeys("train-files", "test-files", "val-files");
  }

  @Test
  void should_name_every_damaged_file_if_none_may_be() throws IOException {
    writeSplit();
    List<String> names = FolderScan.of(root).splits().get("train").names();
    WrittenImages.truncate(root.resolve(names.get(1)), 0.6);
    Files.write(root.resolve(names.get(5)), new byte[0]);

    assertThatThrownBy(() -> load(Damaged.FAIL))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("split train, of 8 files, has 2 problems")
        .hasMessageContaining(names.get(1) + " ends too early")
        .hasMessageContaining(names.get(5) + " is empty");
  }

  @Test
  void should_leave_damaged_files_out_and_say_so_if_they_may_be_skipped() throws IOException {
    writeSplit();
    List<String> names = FolderScan.of(root).splits().get("train").names();
    WrittenImages.truncate(root.resolve(names.get(1)), 0.6);

    LabelledData data = load(Damaged.SKIP);

    assertThat(data.train().labels()).containsExactly(0, 0, 1, 1, 1, 1, 1);
    assertThat(data.published()).isEqualTo(ClassCounts.of(3, 5));
    assertThat(data.fingerprints())
        .containsOnlyKeys("skipped/" + names.get(1), "test-files", "train-files");
    assertThat(FolderScan.of(root).unreadable("train", true))
        .extracting(Unreadable::name)
        .containsExactly(names.get(1));
  }

  @Test
  void should_skip_or_name_what_only_decoding_shows_if_files_are_decoded() throws IOException {
    writeSplit();
    List<String> train = FolderScan.of(root).splits().get("train").names();
    String png = train.stream().filter(name -> name.endsWith(".png")).findFirst().orElseThrow();
    String jpeg = train.stream().filter(name -> name.endsWith(".JPG")).findFirst().orElseThrow();
    WrittenImages.breakPixels(root.resolve(png));
    WrittenImages.breakPixels(root.resolve(jpeg));

    LabelledData headers = load(Damaged.SKIP, Check.HEADER);
    LabelledData decoded = load(Damaged.SKIP, Check.DECODE);

    assertThat(headers.train().labels()).containsExactly(0, 0, 0, 1, 1, 1, 1, 1);
    assertThat(decoded.train().labels()).containsExactly(0, 0, 1, 1, 1, 1);
    assertThat(decoded.published()).isEqualTo(ClassCounts.of(3, 5));
    assertThat(decoded.fingerprints())
        .containsEntry("skipped/" + png, Sha256.of(root.resolve(png)))
        .containsEntry("skipped/" + jpeg, Sha256.of(root.resolve(jpeg)))
        .containsOnlyKeys("skipped/" + png, "skipped/" + jpeg, "test-files", "train-files");
    assertThatThrownBy(() -> load(Damaged.FAIL, Check.DECODE))
        .hasMessageContaining("split train, of 8 files, has 2 problems")
        .hasMessageContaining(png + " cannot be decoded")
        .hasMessageContaining(jpeg + " is damaged between its header and its end");
  }

  @Test
  void should_refuse_if_a_class_has_nothing_left_to_train_on() throws IOException {
    writeSplit();
    for (String name : FolderScan.of(root).splits().get("train").names()) {
      if (name.contains("Ant")) {
        Files.write(root.resolve(name), new byte[] {1, 2, 3});
      }
    }

    assertThatThrownBy(() -> load(Damaged.SKIP))
        .hasMessageContaining("class Ant has no image left to train on");
  }

  @Test
  void should_tell_all_that_keeps_a_folder_from_being_a_data_set() throws IOException {
    writeSplit();
    Files.createDirectories(root.resolve("train/empty"));
    Files.createDirectories(root.resolve("test/unknown"));

    assertThatThrownBy(() -> load(Damaged.FAIL))
        .hasMessageContaining("has 2 problems")
        .hasMessageContaining("class unknown is in test, but not in train")
        .hasMessageContaining("class empty has no JPEG or PNG file to train on");
    assertThatThrownBy(() -> FolderScan.of(root.resolve("none"))).hasMessageContaining("none: not");
  }
}
