package org.equipoise.experiments.data.folders;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitResult;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Finds the images of a class, and what lies among them and is none.
 *
 * <p>A link that leads nowhere counts as an image if it is called like one: the image is missing.
 */
final class ImageWalk extends SimpleFileVisitor<Path> {

  private static final List<String> SUFFIXES = List.of(".jpg", ".jpeg", ".png");

  private final Path root;
  private final List<String> images = new ArrayList<>();
  private final List<String> ignored = new ArrayList<>();

  ImageWalk(Path root) {
    this.root = root;
  }

  /** Returns the names of the images below the root, sorted. */
  List<String> images() {
    return images.stream().sorted().toList();
  }

  /** Returns the names of all else, with a reason if it is not the name. */
  List<String> ignored() {
    return List.copyOf(ignored);
  }

  static String name(Path root, Path entry) {
    return root.relativize(entry).toString().replace(File.separatorChar, '/');
  }

  static boolean isHidden(Path entry) {
    return entry.getFileName().toString().startsWith(".");
  }

  static boolean isImage(Path file) {
    String lower = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return SUFFIXES.stream().anyMatch(lower::endsWith);
  }

  @Override
  public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
    if (isHidden(folder)) {
      return FileVisitResult.SKIP_SUBTREE;
    }
    if (Links.leadsBack(folder)) {
      ignored.add(name(root, folder) + Links.LEADS_BACK);
      return FileVisitResult.SKIP_SUBTREE;
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    if (isHidden(file)) {
      return FileVisitResult.CONTINUE;
    }
    if (attributes.isOther()) {
      ignored.add(name(root, file) + ", which is no file");
    } else if (isImage(file)) {
      images.add(name(root, file));
    } else {
      // Links are followed, so that what still is one has no end.
      ignored.add(name(root, file) + (attributes.isSymbolicLink() ? Links.LEADS_NOWHERE : ""));
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
    if (!(e instanceof FileSystemLoopException)) {
      throw e;
    }
    ignored.add(name(root, file) + Links.LEADS_BACK);
    return FileVisitResult.CONTINUE;
  }
}
