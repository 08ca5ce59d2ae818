package org.equipoise.experiments.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.equipoise.api.data.AugmentationSpec;
import org.equipoise.api.data.DataContext;
import org.equipoise.api.data.ImageExamples;
import org.equipoise.api.data.ImageFiles;
import org.equipoise.experiments.data.augmentation.HorizontalFlip;
import org.equipoise.experiments.data.augmentation.PadCrop;
import org.equipoise.experiments.data.augmentation.RandomResizedCrop;
import org.equipoise.experiments.data.images.DamagedImageException;
import org.equipoise.experiments.data.images.DecodePool;
import org.equipoise.experiments.data.images.WrittenImages;
import org.equipoise.experiments.engine.TorchEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagedFilesTest {

  private static final int IMAGES = 40;
  private static final int[] SOME = {7, 3, 3, 39, 0, 11};
  private static final List<AugmentationSpec> CROP =
      List.of(new RandomResizedCrop(), new HorizontalFlip());

  @TempDir private static Path folder;
  private static ImageExamples inMemory;
  private static ImageFiles onDisk;

  private NDManager manager;

  @BeforeAll
  static void write() throws IOException {
    TorchEngine.start(1);
    ImageExamples all =
        (ImageExamples) new FashionMnistLtMini().load(new DataContext(folder, false)).test();
    inMemory = all.select(java.util.stream.IntStream.range(0, IMAGES).toArray());
    List<String> names = new ArrayList<>();
    for (int i = 0; i < IMAGES; i++) {
      byte[] pixels = new byte[28 * 28];
      inMemory.pixels().get(i * pixels.length, pixels);
      names.add(
          WrittenImages.png(folder.resolve(i + ".png"), pixels, 28, 28, 1).getFileName() + "");
    }
    onDisk = new ImageFiles(folder, names, inMemory.labels(), inMemory.format(), 1);
  }

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
  }

  @AfterEach
  void close() {
    manager.close();
  }

  private StagedFiles staged(int threads) {
    return new StagedFiles(onDisk, manager, new DecodePool(threads));
  }

  private static RandomGenerator random() {
    return new SplittableRandom(9);
  }

  private static float[] inputs(
      StagedExamples staged, NDManager manager, int[] examples, List<AugmentationSpec> changes) {
    return staged.batch(manager, examples, changes, random()).inputs().toFloatArray();
  }

  @Test
  void should_give_the_batch_of_the_same_images_in_memory() {
    List<AugmentationSpec> changes = List.of(new PadCrop(2), new HorizontalFlip());
    try (StagedFiles files = staged(2);
        StagedImages images = new StagedImages(inMemory, manager)) {
      StagedBatch read = files.batch(manager, SOME, changes, random());
      StagedBatch gathered = images.batch(manager, SOME, changes, random());

      assertThat(read.inputs().getShape()).isEqualTo(new Shape(SOME.length, 1, 28, 28));
      assertThat(read.inputs().toFloatArray()).isEqualTo(gathered.inputs().toFloatArray());
      assertThat(read.labels().toLongArray()).isEqualTo(gathered.labels().toLongArray());
    }
  }

  @Test
  void should_give_the_same_batch_whatever_the_number_of_threads_and_whether_announced() {
    float[] expected;
    try (StagedFiles one = staged(1)) {
      expected = inputs(one, manager, SOME, CROP);
    }
    try (StagedFiles four = staged(4)) {
      assertThat(inputs(four, manager, SOME, CROP)).isEqualTo(expected);

      four.announce(SOME, CROP, random());
      four.announce(new int[] {1}, CROP, random());
      assertThat(inputs(four, manager, SOME, CROP)).isEqualTo(expected);
    }
  }

  @Test
  void should_cut_each_drawing_of_an_image_anew() {
    try (StagedFiles files = staged(2)) {
      float[] pair = inputs(files, manager, new int[] {3, 3}, List.of(new RandomResizedCrop()));

      assertThat(Arrays.copyOf(pair, pair.length / 2))
          .isNotEqualTo(Arrays.copyOfRange(pair, pair.length / 2, pair.length));
    }
  }

  @Test
  void should_decode_what_is_asked_for_if_something_else_was_announced() {
    try (StagedFiles files = staged(2)) {
      float[] expected = inputs(files, manager, SOME, List.of());
      files.announce(new int[] {1, 2}, List.of(), random());
      files.announce(new int[] {4}, List.of(), random());

      assertThat(inputs(files, manager, SOME, List.of())).isEqualTo(expected);
    }
  }

  @Test
  void should_refuse_to_pile_batches_up() {
    try (StagedFiles files = staged(2)) {
      for (int i = 0; i < files.lookAhead(); i++) {
        files.announce(SOME, List.of(), random());
      }
      assertThatThrownBy(() -> files.announce(SOME, List.of(), random()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("announce: 2 batches are announced already; gather one first");
    }
  }

  @Test
  void should_name_the_first_damaged_file_and_go_on_if_a_batch_has_several() {
    ImageFiles some =
        new ImageFiles(
            folder,
            List.of("0.png", "gone.png", "lost.png", "1.png"),
            new int[4],
            inMemory.format(),
            1);
    try (StagedFiles files = new StagedFiles(some, manager, new DecodePool(2))) {
      files.announce(new int[] {3, 1, 2}, List.of(), random());
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> inputs(files, manager, new int[] {3, 1, 2}, List.of()))
            .isInstanceOf(DamagedImageException.class)
            .hasMessage(
                folder.resolve("gone.png")
                    + ": is missing; 'images: {damaged: skip, check: decode}' of the data set"
                    + " leaves such files out");
      }
      assertThat(inputs(files, manager, new int[] {0, 3}, List.of())).hasSize(2 * 28 * 28);
    }
  }

  @Test
  void should_say_where_the_crop_belongs_if_it_does_not_come_first() {
    try (StagedFiles files = staged(1)) {
      List<AugmentationSpec> changes = List.of(new HorizontalFlip(), new RandomResizedCrop());

      assertThatThrownBy(() -> inputs(files, manager, SOME, changes))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("training.augmentation[1]: random-resized-crop must come first");
    }
  }

  @Test
  void should_name_the_index_if_it_is_out_of_range() {
    try (StagedFiles files = staged(1)) {
      assertThatThrownBy(() -> inputs(files, manager, new int[] {IMAGES}, List.of()))
          .isInstanceOf(IndexOutOfBoundsException.class)
          .hasMessage("batch: example 40 outside 0..39");
    }
  }
}
