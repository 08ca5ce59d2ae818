package org.equipoise.experiments.data.folders;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.equipoise.api.data.DataContext;
import org.equipoise.api.data.ImageExamples;
import org.equipoise.experiments.data.FashionMnistLtMini;
import org.equipoise.experiments.data.images.WrittenImages;

/** Folders of embedded images, as files. */
public final class PictureFolder {

  private static final int SIDE = 28;

  private final Path root;

  /** Writes into a folder. */
  public PictureFolder(Path root) {
    this.root = root;
  }

  /** Writes some images of a class below a folder, and returns their names. */
  public List<String> write(String folder, int label, int count, String suffix) throws IOException {
    ImageExamples all =
        (ImageExamples) new FashionMnistLtMini().load(new DataContext(root, false)).test();
    Files.createDirectories(root.resolve(folder));
    List<String> names = new ArrayList<>();
    int[] labels = all.labels();
    for (int i = 0; names.size() < count; i++) {
      if (labels[i] == label) {
        byte[] pixels = new byte[SIDE * SIDE];
        all.pixels().get(i * pixels.length, pixels);
        String name = folder + "/" + i + suffix;
        Path file = root.resolve(name);
        if (suffix.endsWith("png")) {
          WrittenImages.png(file, pixels, SIDE, SIDE, 1);
        } else {
          WrittenImages.jpeg(file, pixels, SIDE, SIDE, 1);
        }
        names.add(name);
      }
    }
    return names;
  }

  /** Returns how the images are read as they are: 28 x 28, grey. */
  public static ImageReading reading(Damaged damaged) {
    return reading(damaged, Check.HEADER);
  }

  /** Returns the same, for files that are looked at more closely. */
  public static ImageReading reading(Damaged damaged, Check check) {
    return new ImageReading(SIDE, 1, List.of(0.286), List.of(0.353), damaged, check);
  }
}
