package org.equipoise.experiments.data.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.equipoise.api.stats.ShotGroup;
import org.equipoise.experiments.data.folders.PictureFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderInspectionTest {

  @TempDir private Path root;
  private PictureFolder pictures;

  @BeforeEach
  void begin() {
    pictures = new PictureFolder(root);
  }

  private void copy(String from, String to) throws IOException {
    Path target = root.resolve(to);
    Files.createDirectories(target.getParent());
    Files.copy(root.resolve(from), target);
  }

  @Test
  void should_count_classes_splits_and_groups() throws IOException {
    pictures.write("train/bag", 8, 120, ".png");
    pictures.write("train/coat", 4, 30, ".jpg");
    pictures.write("train/shirt", 6, 4, ".png");
    pictures.write("test/bag", 9, 3, ".png");
    pictures.write("validation/bag", 9, 1, ".png");

    FolderInspection found = FolderInspection.of(root, true);

    assertThat(found.images()).isEqualTo(Map.of("train", 154, "test", 3));
    assertThat(found.imbalanceFactor()).hasValue(30);
    assertThat(found.classes())
        .containsExactly(
            summary("bag", ShotGroup.MANY, 120, 3),
            summary("coat", ShotGroup.MEDIUM, 30, 0),
            summary("shirt", ShotGroup.FEW, 4, 0));
    assertThat(found.tiny()).extracting(ClassSummary::name).containsExactly("shirt");
    assertThat(found.ignored()).singleElement().asString().startsWith("validation/");
    assertThat(found.problems()).isEmpty();
    assertThat(found.unreadable()).isEmpty();
    assertThat(found.duplicates()).isEmpty();
    assertThat(found.suggestions())
        .anyMatch(text -> text.contains("shirt"))
        .anyMatch(text -> text.contains("coat, shirt into test/"))
        .anyMatch(text -> text.contains("balanced-softmax"));
  }

  private static ClassSummary summary(String name, ShotGroup group, int train, int test) {
    return new ClassSummary(name, group, new TreeMap<>(Map.of("train", train, "test", test)));
  }

  @Test
  void should_find_duplicates_within_and_across_splits_and_classes() throws IOException {
    List<String> bags = pictures.write("train/bag", 8, 10, ".png");
    List<String> coats = pictures.write("train/coat", 4, 10, ".png");
    pictures.write("test/bag", 9, 3, ".png");
    copy(bags.get(0), "test/bag/renamed.png");
    copy(bags.get(1), "train/bag/copy.png");
    copy(coats.get(2), "train/bag/also-a-coat.png");

    FolderInspection found = FolderInspection.of(root, false);

    assertThat(found.duplicates())
        .extracting(group -> group.files().stream().map(PlacedFile::name).toList())
        .containsExactlyInAnyOrder(
            List.of("test/bag/renamed.png", bags.get(0)),
            List.of(bags.get(1), "train/bag/copy.png"),
            List.of("train/bag/also-a-coat.png", coats.get(2)));
    assertThat(found.leaks())
        .singleElement()
        .satisfies(
            group -> {
              assertThat(group.acrossClasses()).isFalse();
              assertThat(group.sha256()).hasSize(64);
            });
    assertThat(found.duplicates()).filteredOn(DuplicateFiles::acrossClasses).hasSize(1);
    assertThat(found.suggestions())
        .anyMatch(text -> text.contains("1 image lies in several splits"))
        .anyMatch(text -> text.contains("1 image lies in several classes"))
        .anyMatch(text -> text.contains("1 copy"));
  }

  @Test
  void should_not_take_files_for_equal_that_only_have_one_size() throws IOException {
    Files.createDirectories(root.resolve("a"));
    pictures.write("b", 1, 2, ".png");
    byte[] one = Files.readAllBytes(root.resolve(pictures.write("a", 0, 1, ".png").get(0)));
    // In the time stamp or text of a file; here in an unchecked byte of the pixels.
    byte[] other = one.clone();
    other[one.length / 2] ^= 1;
    Files.write(root.resolve("a/other.png"), other);

    assertThat(FolderInspection.of(root, false).duplicates()).isEmpty();
  }

  @Test
  void should_name_unreadable_files_and_leave_them_out_of_the_counts() throws IOException {
    List<String> bags = pictures.write("bag", 8, 6, ".png");
    pictures.write("coat", 4, 6, ".png");
    Path cut = root.resolve(bags.get(0));
    byte[] bytes = Files.readAllBytes(cut);
    Files.write(cut, Arrays.copyOf(bytes, bytes.length / 2));
    Files.write(root.resolve("coat/empty.jpg"), new byte[0]);
    Files.writeString(root.resolve("coat/notes.txt"), "none");

    FolderInspection found = FolderInspection.of(root, false);

    assertThat(found.unreadable())
        .extracting(DamagedFile::name)
        .containsExactly(bags.get(0), "coat/empty.jpg");
    assertThat(found.images()).isEqualTo(Map.of("all", 11));
    assertThat(found.ignored()).containsExactly("coat/notes.txt");
    assertThat(found.suggestions()).anyMatch(text -> text.contains("2 unreadable files"));
  }

  @Test
  void should_name_what_lies_outside_of_class_folders() throws IOException {
    pictures.write("train/bag", 8, 6, ".png");
    pictures.write("train/coat", 4, 6, ".png");
    String image = pictures.write("validation/bag", 8, 1, ".png").get(0);
    copy(image, "loose.PNG");
    copy(image, "train/loose.png");
    Files.writeString(root.resolve("README"), "of no interest");
    Files.writeString(root.resolve(".loose.png"), "hidden");

    FolderInspection found = FolderInspection.of(root, false);

    assertThat(found.images()).isEqualTo(Map.of("train", 12));
    assertThat(found.ignored())
        .containsExactly(
            "loose.PNG, an image that lies in no folder of a class",
            "train/loose.png, an image that lies in no folder of a class",
            "validation/, which is none of train/, val/ and test/");
  }

  @Test
  void should_name_links_that_lead_nowhere_or_back_and_follow_all_others() throws IOException {
    pictures.write("bag", 8, 6, ".png");
    pictures.write("coat", 4, 6, ".png");
    String elsewhere = pictures.write("bag/.hidden", 8, 7, ".png").get(6);
    link("bag/followed.png", root.resolve(elsewhere));
    link("bag/all", Path.of(".."));
    link("bag/self", Path.of("self"));
    link("bag/here/there", Path.of("../../coat"));
    link("coat/here", Path.of("../bag/here"));
    link("coat/gone.png", Path.of("none.png"));
    link("coat/gone.txt", Path.of("none.txt"));
    link("again", Path.of("."));
    link("shirt", Path.of("none"));

    FolderInspection found = FolderInspection.of(root, false);

    assertThat(found.classes()).extracting(ClassSummary::name).containsExactly("bag", "coat");
    assertThat(found.unreadable())
        .extracting(DamagedFile::name)
        .containsExactly("bag/here/there/gone.png", "coat/gone.png");
    assertThat(found.unreadable())
        .extracting(DamagedFile::reason)
        .containsOnly("is a link that leads nowhere");
    assertThat(found.ignored())
        .containsExactly(
            "again, a link to a folder that it lies in",
            "bag/all, a link to a folder that it lies in",
            "bag/here/there/gone.txt, a link that leads nowhere",
            "bag/here/there/here, a link to a folder that it lies in",
            "bag/self, a link that leads nowhere",
            "coat/gone.txt, a link that leads nowhere",
            "coat/here/there, a link to a folder that it lies in",
            "shirt, a link that leads nowhere");
    assertThat(FolderInspection.of(root, true).unreadable()).isEqualTo(found.unreadable());
  }

  private void link(String name, Path target) throws IOException {
    Files.createDirectories(root.resolve(name).getParent());
    Files.createSymbolicLink(root.resolve(name), target);
  }

  @Test
  void should_find_damage_between_header_and_end_if_it_decodes() throws IOException {
    List<String> bags = pictures.write("bag", 8, 6, ".png");
    pictures.write("coat", 4, 6, ".png");
    Path torn = root.resolve(bags.get(0));
    byte[] bytes = Files.readAllBytes(torn);
    Arrays.fill(bytes, 60, bytes.length - 30, (byte) 0);
    Files.write(torn, bytes);

    assertThat(FolderInspection.of(root, false).unreadable()).isEmpty();
    assertThat(FolderInspection.of(root, true).unreadable())
        .extracting(DamagedFile::name)
        .containsExactly(bags.get(0));
    assertThat(FolderInspection.of(root, true).suggestions())
        .anyMatch(text -> text.contains("'images: {damaged: skip, check: decode}'"));
  }

  @Test
  void should_say_why_nothing_can_be_trained() throws IOException {
    pictures.write("bag", 8, 6, ".png");
    Files.createDirectories(root.resolve("coat"));

    FolderInspection found = FolderInspection.of(root, false);

    assertThat(found.problems()).singleElement().asString().contains("class coat has no");
    assertThat(found.imbalanceFactor()).isEmpty();
    assertThat(found.suggestions()).isEmpty();
    assertThatThrownBy(() -> FolderInspection.of(root.resolve("none"), false))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not a folder");
  }
}
