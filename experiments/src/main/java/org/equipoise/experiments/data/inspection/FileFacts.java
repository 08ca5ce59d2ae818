package org.equipoise.experiments.data.inspection;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.equipoise.experiments.files.Sha256;

/** Size and hash of files, for threads that may throw nothing checked. */
final class FileFacts {

  static final Comparator<PlacedFile> ORDER =
      Comparator.comparing(PlacedFile::split).thenComparing(PlacedFile::name);

  private FileFacts() {}

  static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String sha256(Path file) {
    try {
      return Sha256.of(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
