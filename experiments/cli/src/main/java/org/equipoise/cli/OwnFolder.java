package org.equipoise.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.equipoise.experiments.data.folders.FolderScan;

/** A user's own images. */
final class OwnFolder {

  static final String LAYOUT =
      """
      Expected one folder of JPEG or PNG files for each class, such as

        DIR/cat/1.jpg           or, divided     DIR/train/cat/1.jpg
        DIR/dog/2.jpg                           DIR/val/cat/3.jpg     (optional)
                                                DIR/test/dog/4.png    (optional)
      """;

  private OwnFolder() {}

  /** Looks through a folder, and shows what it should look like if it is none. */
  static FolderScan scan(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      String what = Files.exists(folder) ? "is not a folder" : "there is no such folder";
      throw new UsageException(folder + ": " + what + ".\n" + LAYOUT.stripTrailing());
    }
    FolderScan scan = FolderScan.of(folder);
    if (scan.classes().isEmpty()) {
      throw new UsageException(
          folder + ": there are no folders of classes in it.\n" + LAYOUT.stripTrailing());
    }
    return scan;
  }
}
