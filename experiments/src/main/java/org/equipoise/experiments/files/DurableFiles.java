package org.equipoise.experiments.files;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
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
   * Replaces a text file, in UTF-8; see {@link #write(Path, Content)}.
   *
   * @param target the final name; its folder is made if need be
   * @param text the content
   * @throws IOException if it cannot be written; the old file is then still there
   */
  public static void write(Path target, String text) throws IOException {
    write(target, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Replaces a file: written beside it, forced to disk, then moved over it at once.
   *
   * @param target the final name; its folder is made if need be
   * @param content what to write
   * @throws IOException if it cannot be written; the old file is then still there
   */
  public static void write(Path target, Content content) throws IOException {
    Files.createDirectories(target.toAbsolutePath().getParent());
    // With the process in its name: two that write the same file must not share a draft.
    Path draft =
        target.resolveSibling(
            "." + target.getFileName() + "." + ProcessHandle.current().pid() + ".writing");
    try {
      writeInPlace(draft, content);
      Files.move(
          draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(draft);
    }
    force(target.toAbsolutePath().getParent());
  }

  /**
   * Writes a file under its own name and forces it to disk: for files in a folder that is itself a
   * draft.
   *
   * @param file the file; its folder exists
   * @param content what to write
   * @throws IOException if it cannot be written
   */
  public static void writeInPlace(Path file, Content content) throws IOException {
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

  /**
   * Moves a folder to its final name and forces that to disk.
   *
   * @param draft the folder
   * @param target the final name, where nothing may be
   * @throws IOException if it cannot be moved
   */
  public static void publish(Path draft, Path target) throws IOException {
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
