package org.equipoise.experiments.data.cifar;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.equipoise.api.data.DataContext;
import org.equipoise.api.data.ImageExamples;
import org.equipoise.api.data.LabelledData;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.experiments.data.download.ArchiveServer;
import org.equipoise.experiments.data.longtail.ClassOrder;
import org.equipoise.experiments.data.longtail.LongTail;
import org.equipoise.experiments.data.longtail.Profile;
import org.equipoise.experiments.files.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CifarReaderTest {

  private static final LongTail LONG_TAIL =
      new LongTail(4, new Profile.Exponential(), new ClassOrder.Original(), 0);

  private final TinyRelease tiny = new TinyRelease(TinyRelease.CLASSES);
  @TempDir private Path directory;

  @Test
  void should_keep_the_chosen_images_class_by_class() throws IOException {
    tiny.writeInto(directory);

    LabelledData data = read(false);

    int[] labels = IntStream.range(0, 12).map(i -> i % 3).toArray();
    int[] chosen = LONG_TAIL.select(labels, 3);
    ImageExamples train = (ImageExamples) data.train();
    assertThat(chosen).hasSize(4 + 2 + 1);
    assertThat(train.labels()).containsExactly(0, 0, 0, 0, 1, 1, 2);
    assertThat(bytes(train)).isEqualTo(TinyRelease.pixels(chosen));
    assertThat(data.published()).isEqualTo(ClassCounts.of(4, 2, 1));
    assertThat(data.classNames()).containsExactly("cat", "dog", "emu");
  }

  @Test
  void should_keep_all_test_images_in_their_order() throws IOException {
    tiny.writeInto(directory);

    ImageExamples test = (ImageExamples) read(false).test();

    assertThat(test.labels()).containsExactly(0, 1, 2);
    assertThat(bytes(test)).isEqualTo(TinyRelease.pixels(12, 13, 14));
    assertThat(test.format().mean()).containsExactly(0.4914, 0.4822, 0.4465);
    assertThat(test.format().std()).containsExactly(0.2023, 0.1994, 0.2010);
  }

  @Test
  void should_take_the_last_label_byte_for_the_class() throws IOException {
    TinyRelease twoLabels = new TinyRelease(2, TinyRelease.CLASSES);
    twoLabels.writeInto(directory);

    LabelledData data =
        new CifarReader(twoLabels.release()).read(new DataContext(directory, false), LONG_TAIL);

    assertThat(data.published()).isEqualTo(ClassCounts.of(4, 2, 1));
    assertThat(bytes((ImageExamples) data.test())).isEqualTo(TinyRelease.pixels(12, 13, 14));
  }

  @Test
  void should_fingerprint_files_labels_and_chosen_indices() throws IOException {
    tiny.writeInto(directory);
    int[] labels = IntStream.range(0, 12).map(i -> i % 3).toArray();

    assertThat(read(false).fingerprints())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "train_1.bin", tiny.sha256("train_1.bin"),
                "train_2.bin", tiny.sha256("train_2.bin"),
                "test.bin", tiny.sha256("test.bin"),
                // printf '\0\1\2\0\1\2\0\1\2\0\1\2' | sha256sum
                "train-labels", "1d1f72de93f47cedca1b909e4e23f240987297f429970f56f8560e37b5c50d14",
                "train-indices", LongTail.sha256(LONG_TAIL.select(labels, 3))));
  }

  @Test
  void should_download_the_release_if_its_folder_is_not_there() throws IOException {
    byte[] packed = tiny.packed();
    try (ArchiveServer server = ArchiveServer.of(packed)) {
      CifarReader reader =
          new CifarReader(tiny.release(server.archive(packed, TinyRelease.FOLDER)));

      LabelledData data = reader.read(new DataContext(directory, false), LONG_TAIL);

      assertThat(data.published()).isEqualTo(ClassCounts.of(4, 2, 1));
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void should_refuse_other_files_and_name_the_option_that_accepts_them() throws IOException {
    Path folder = tiny.writeInto(directory);
    String other = changePixel(folder.resolve("train_2.bin"));
    changePixel(folder.resolve("test.bin"));

    assertThatIOException()
        .isThrownBy(() -> read(false))
        .withMessage(
            String.format(
                "%s: not the published TINY-3: train_2.bin, test.bin; SHA-256 of train_2.bin is %s,"
                    + " expected %s. Delete the folder, and it is downloaded again; or set"
                    + " data.acceptUnverified: true to use it as it is, which every record will"
                    + " say.",
                folder, other, tiny.sha256("train_2.bin")));
  }

  @Test
  void should_mark_other_files_if_they_are_accepted() throws IOException {
    Path folder = tiny.writeInto(directory);
    String other = changePixel(folder.resolve("train_2.bin"));

    assertThat(read(true).fingerprints())
        .containsEntry("unverified/train_2.bin", other)
        .containsEntry("train_1.bin", tiny.sha256("train_1.bin"))
        .doesNotContainKey("train_2.bin");
  }

  @Test
  void should_mark_nothing_if_published_files_are_read_with_the_option() throws IOException {
    tiny.writeInto(directory);

    assertThat(read(true).fingerprints()).isEqualTo(read(false).fingerprints());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void should_name_file_and_sizes_if_a_file_is_cut_short(boolean acceptUnverified)
      throws IOException {
    Path file = tiny.writeInto(directory).resolve("train_1.bin");
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 5000));

    assertThatIOException()
        .isThrownBy(() -> read(acceptUnverified))
        .withMessage(
            file
                + ": has 5000 bytes; expected 18438 (6 images of 3073 bytes), so it is cut short or"
                + " not a TINY-3 file. Delete the folder, and TINY-3 is downloaded again.");
  }

  @Test
  void should_name_file_and_sizes_if_a_file_is_too_long() throws IOException {
    Path file = tiny.writeInto(directory).resolve("test.bin");
    Files.write(file, new byte[10_000]);

    assertThatIOException()
        .isThrownBy(() -> read(true))
        .withMessageContaining(
            "test.bin: has 10000 bytes; expected 9219 (3 images of 3073 bytes), so it is not a");
  }

  @Test
  void should_name_the_file_that_is_missing() throws IOException {
    Path file = tiny.writeInto(directory).resolve("train_2.bin");
    Files.delete(file);

    assertThatIOException()
        .isThrownBy(() -> read(true))
        .withMessage(
            file
                + ": missing; expected a file of 18438 bytes. Delete the folder, and TINY-3 is"
                + " downloaded again.");
  }

  @Test
  void should_name_the_byte_if_a_label_is_out_of_range() throws IOException {
    Path file = tiny.writeInto(directory).resolve("train_2.bin");
    byte[] content = Files.readAllBytes(file);
    content[4 * 3073] = (byte) 200;
    Files.write(file, content);

    assertThatIOException()
        .isThrownBy(() -> read(true))
        .withMessage(
            file
                + ": label 200 at byte 12292 (image 4); expected 0..2, so it is not a TINY-3 file");
  }

  @Test
  void should_check_every_label_byte() throws IOException {
    TinyRelease twoLabels = new TinyRelease(2, TinyRelease.CLASSES);
    Path file = twoLabels.writeInto(directory).resolve("train_1.bin");
    byte[] content = Files.readAllBytes(file);
    content[twoLabels.recordBytes()] = 2;
    Files.write(file, content);

    assertThatIOException()
        .isThrownBy(
            () ->
                new CifarReader(twoLabels.release())
                    .read(new DataContext(directory, true), LONG_TAIL))
        .withMessageContaining("label 2 at byte 3074 (image 1); expected 0..1");
  }

  @Test
  void should_refuse_accepted_files_that_have_too_few_images_of_a_class() throws IOException {
    Path folder = tiny.writeInto(directory);
    for (String name : new String[] {"train_1.bin", "train_2.bin"}) {
      byte[] content = Files.readAllBytes(folder.resolve(name));
      for (int i = 0; i < 6; i++) {
        content[i * 3073] = 2;
      }
      Files.write(folder.resolve(name), content);
    }

    assertThatIOException()
        .isThrownBy(() -> read(true))
        .withMessage(folder + ": long tail: class 0 has 0 images; expected >= 4");
  }

  @Test
  void should_refuse_a_wrong_number_of_class_names() throws IOException {
    Path names = tiny.writeInto(directory).resolve("names.txt");
    Files.write(names, "cat\ndog\n".getBytes(UTF_8));

    assertThatIOException()
        .isThrownBy(() -> read(false))
        .withMessage(names + ": has 2 class names; expected 3");
  }

  @Test
  void should_refuse_missing_class_names() throws IOException {
    Path names = tiny.writeInto(directory).resolve("names.txt");
    Files.delete(names);

    assertThatIOException()
        .isThrownBy(() -> read(false))
        .withMessage(names + ": missing; expected 3 class names, one a line");
  }

  private LabelledData read(boolean acceptUnverified) throws IOException {
    return new CifarReader(tiny.release())
        .read(new DataContext(directory, acceptUnverified), LONG_TAIL);
  }

  private static String changePixel(Path file) throws IOException {
    byte[] content = Files.readAllBytes(file);
    content[100]++;
    Files.write(file, content);
    return Sha256.of(file);
  }

  private static byte[] bytes(ImageExamples images) {
    ByteBuffer pixels = images.pixels();
    byte[] bytes = new byte[pixels.remaining()];
    pixels.get(bytes);
    return bytes;
  }
}
