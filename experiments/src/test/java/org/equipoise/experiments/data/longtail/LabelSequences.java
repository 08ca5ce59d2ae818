package org.equipoise.experiments.data.longtail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.equipoise.experiments.data.RealData;
import org.equipoise.experiments.files.Sha256;
import org.equipoise.testkit.golden.GoldenCase;

/** The label sequences that golden cases speak of; those of real data only where that is. */
final class LabelSequences {

  private static final int PIXEL_BYTES = 3072;

  private LabelSequences() {}

  /** Returns the sequence of a case; skips the test if it needs data that is not there. */
  static int[] of(GoldenCase golden, int classes) {
    // Read here so that no case has an unknown key if the test is skipped.
    String described = golden.inputs().text("labels");
    int[] labels =
        switch (golden.config().text("labels")) {
          case "synthetic" -> IntStream.range(0, 50_000).map(i -> i % classes).toArray();
          case "cifar10" ->
              real(
                  IntStream.rangeClosed(1, 5)
                      .mapToObj(b -> "cifar-10-batches-bin/data_batch_" + b + ".bin")
                      .toList(),
                  1);
          case "cifar100" -> real(List.of("cifar-100-binary/train.bin"), 2);
          default -> throw new IllegalArgumentException("labels: " + described);
        };
    byte[] bytes = new byte[labels.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) labels[i];
    }
    assertThat(HexFormat.of().formatHex(Sha256.digest().digest(bytes)))
        .as(described)
        .isEqualTo(golden.inputs().text("labelsSha256"));
    if (golden.inputs().has("first20Labels")) {
      assertThat(labels).startsWith(golden.inputs().ints("first20Labels"));
    }
    return labels;
  }

  // Not through the product's reader: the sequence is checked without it.
  private static int[] real(List<String> files, int labelBytes) {
    return files.stream().flatMapToInt(file -> labels(file, labelBytes)).toArray();
  }

  private static IntStream labels(String file, int labelBytes) {
    Path path = RealData.folder().resolve(file);
    assumeTrue(Files.exists(path), () -> path + " is not there");
    try {
      byte[] bytes = Files.readAllBytes(path);
      int step = labelBytes + PIXEL_BYTES;
      return IntStream.range(0, bytes.length / step)
          .map(i -> Byte.toUnsignedInt(bytes[i * step + labelBytes - 1]));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
