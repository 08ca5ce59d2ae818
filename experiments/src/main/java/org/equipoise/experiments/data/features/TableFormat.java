package org.equipoise.experiments.data.features;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The formats of feature files, told apart by how the file's name ends. */
enum TableFormat {
  SAFETENSORS(".safetensors") {
    @Override
    Table read(Path file) throws IOException {
      return SafetensorsTable.read(file);
    }
  },
  CSV(".csv") {
    @Override
    Table read(Path file) throws IOException {
      return CsvTable.read(file);
    }
  };

  private final String extension;

  TableFormat(String extension) {
    this.extension = extension;
  }

  /**
   * Reads a file.
   *
   * @throws IOException if it is missing, damaged or not such a table; the message names the file
   *     and the place
   */
  abstract Table read(Path file) throws IOException;

  /** Returns the format of a file, if its name ends in one. */
  static Optional<TableFormat> of(String file) {
    return Arrays.stream(values()).filter(format -> file.endsWith(format.extension)).findFirst();
  }

  /** Lists how the names of files may end. */
  static String extensions() {
    return Arrays.stream(values())
        .map(format -> format.extension)
        .collect(Collectors.joining(" or "));
  }
}
