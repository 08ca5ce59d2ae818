package org.equipoise.cli;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.equipoise.api.data.DataContext;
import org.equipoise.api.data.ImageExamples;
import org.equipoise.experiments.data.FashionMnistLtMini;

/** A user's folder: embedded images as PNG files, a folder a class. */
final class OwnImages {

  private static final int SIDE = 28;

  private final Path root;
  private final ImageExamples source;

  OwnImages(Path root) throws IOException {
    this.root = root;
    this.source =
        (ImageExamples) new FashionMnistLtMini().load(new DataContext(root, false)).test();
  }

  /** Writes images of a class, from the given one on, and returns the files. */
  List<Path> write(String folder, int label, int from, int count) throws IOException {
    Files.createDirectories(root.resolve(folder));
    int[] labels = source.labels();
    List<Path> files = new ArrayList<>();
    int seen = 0;
    for (int i = 0; i < labels.length && files.size() < count; i++) {
      if (labels[i] == label && seen++ >= from) {
        files.add(write(root.resolve(folder).resolve(i + ".png"), i));
      }
    }
    return files;
  }

  private Path write(Path file, int example) throws IOException {
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < SIDE * SIDE; i++) {
      int grey = Byte.toUnsignedInt(source.pixels().get(example * SIDE * SIDE + i));
      image.getRaster().setSample(i % SIDE, i / SIDE, 0, grey);
    }
    ImageIO.write(image, "png", file.toFile());
    return file;
  }
}
