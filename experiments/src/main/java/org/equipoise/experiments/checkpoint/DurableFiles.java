package org.equipoise.experiments.checkpoint;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Writes files so that a final name never stands for half a file, whatever is killed when. */
public final class DurableFiles {

  private DurableFiles() {}

  /**
   * Replaces a file: written beside it, forced to disk, then moved over it at once.
   *
   * @param target the final name; its folder exists
   * @param content what to write
   * @throws IOException if it cannot be written; the old file is then still there
   */
  public static void write(Path target, Content content) throws IOException {
    Path draft = target.resolveSibling("." + target.getFileName() + ".writing");
    try {
      writeInPlace(draft, content);
      Files.move(
          draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(draft);
    }
    force(target.toAbsolutePath().getParent());
  }

  /** Writes a file under its own name and forces it to disk. */
  static void writeInPlace(Path file, Content content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
      content.writeTo(out);
      out.flush();
      channel.force(true);
    }
  }

  /** Moves a folder to its final name, where nothing may be, and forces that to disk. */
  static void publish(Path draft, Path target) throws IOException {
    force(draft);
    Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
    force(target.toAbsolutePath().getParent());
  }

  /**
   * Deletes a folder with all that is in it, if it is there.
   *
   * @param folder the folder
   * @throws IOException if something in it cannot be deleted
   */
  public static void deleteTree(Path folder) throws IOException {
    if (Files.notExists(folder)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> all = Files.walk(folder)) {
      deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.deleteIfExists(path);
    }
  }

  private static void force(Path folder) throws IOException {
    // Windows cannot open a folder, and does not need to.
    if (!folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return;
    }
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** What a file holds. */
  @FunctionalInterface
  public interface Content {

    /**
     * Writes it.
     *
     * @param out where to; not to be closed
     * @throws IOException if that fails
     */
    void writeTo(OutputStream out) throws IOException;
  }
}
