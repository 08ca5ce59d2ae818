package org.equipoise.experiments.data.cifar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.equipoise.api.data.DataContext;
import org.equipoise.api.data.DatasetSpec;
import org.equipoise.api.data.ImageExamples;
import org.equipoise.api.data.LabelledData;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.experiments.data.RealData;
import org.equipoise.experiments.data.longtail.ClassOrder;
import org.equipoise.experiments.data.longtail.LongTail;
import org.equipoise.experiments.data.longtail.Profile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On the real files; skipped where they are not, for nothing is downloaded for a test. */
@Tag("reference")
class RealCifarTest {

  @ParameterizedTest
  @ValueSource(ints = {10, 50, 100, 200})
  void should_choose_the_published_images_of_cifar_10(int imbalanceFactor) throws IOException {
    LabelledData data = load("cifar-10-batches-bin", cifar10(imbalanceFactor));

    assertThat(data.fingerprints())
        .containsEntry("train-indices", publishedIndices("cifar10", imbalanceFactor));
    assertThat(data.fingerprints().keySet()).noneMatch(key -> key.startsWith("unverified/"));
    assertThat(data.classNames()).startsWith("airplane", "automobile").endsWith("truck");
    assertThat(ClassCounts.ofLabels(data.test().labels(), 10).toArray()).containsOnly(1000);
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 50, 100, 200})
  void should_choose_the_published_indices_of_cifar_100(int imbalanceFactor) throws IOException {
    LabelledData data = load("cifar-100-binary", cifar100(imbalanceFactor));

    assertThat(data.fingerprints())
        .containsEntry("train-indices", publishedIndices("cifar100", imbalanceFactor))
        // Of the official label order.
        .containsEntry(
            "train-labels", "9f11b9f97aad759ba6df0a33e3218b01d8deaf4ed3a14aa1185d69b9ad7ebcb3");
    assertThat(data.classNames()).startsWith("apple", "aquarium_fish").endsWith("worm");
    assertThat(ClassCounts.ofLabels(data.test().labels(), 100).toArray()).containsOnly(100);
  }

  // Planes or axes mixed up would give other means by channel.
  @Test
  void should_normalise_balanced_cifar_10_to_zero_mean() throws IOException {
    ImageExamples train = (ImageExamples) load("cifar-10-batches-bin", cifar10(1)).train();

    assertThat(train.size()).isEqualTo(50_000);
    double[] sums = new double[3];
    ByteBuffer pixels = train.pixels();
    for (int i = 0; pixels.hasRemaining(); i = (i + 1) % 3) {
      sums[i] += Byte.toUnsignedInt(pixels.get());
    }
    for (int c = 0; c < 3; c++) {
      assertThat(sums[c] / (50_000.0 * 32 * 32 * 255))
          .as("channel %d", c)
          .isCloseTo(train.format().mean().get(c), within(1e-4));
    }
  }

  @Test
  void should_ask_for_the_option_if_a_real_file_is_not_the_published_one() throws IOException {
    Path folder = folder("cifar-100-binary");
    LabelledData accepted = load("cifar-100-binary", cifar100(200));
    assumeTrue(
        accepted.fingerprints().containsKey("unverified/train.bin"),
        "this copy of CIFAR-100 is the published one");

    assertThatIOException()
        .isThrownBy(() -> cifar100(200).load(new DataContext(folder.getParent(), false)))
        .withMessageContaining("SHA-256 of train.bin is ")
        .withMessageContaining("data.acceptUnverified: true");
  }

  private static DatasetSpec cifar10(double imbalanceFactor) {
    return new Cifar10Lt(imbalanceFactor, new Profile.Exponential(), new ClassOrder.Original(), 0);
  }

  private static DatasetSpec cifar100(double imbalanceFactor) {
    return new Cifar100Lt(imbalanceFactor, new Profile.Exponential(), new ClassOrder.Original(), 0);
  }

  private static LabelledData load(String name, DatasetSpec spec) throws IOException {
    return spec.load(new DataContext(folder(name).getParent(), true));
  }

  private static Path folder(String name) {
    Path folder = RealData.folder().resolve(name);
    assumeTrue(Files.isDirectory(folder), () -> folder + " is not there");
    return folder;
  }

  /** Hashes the authors' own list of indices. */
  private static String publishedIndices(String name, int imbalanceFactor) throws IOException {
    Path list =
        RealData.folder()
            .resolve("lt_index")
            .resolve(name + "_lt_if" + imbalanceFactor + "_seed0.txt.gz");
    assumeTrue(Files.exists(list), () -> list + " is not there");
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(list)), StandardCharsets.US_ASCII))) {
      return LongTail.sha256(lines.lines().mapToInt(Integer::parseInt).toArray());
    }
  }
}
