package org.equipoise.experiments.record;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Files that are there whole or not at all, whenever the process or the machine dies.
 *
 * <p>The bytes go to a temporary file in the same folder, are forced to the disk, and the file is
 * then moved to its name.
 */
public final class AtomicFile {

  private AtomicFile() {}

  /** What fills a file. */
  @FunctionalInterface
  public interface Content {

    /**
     * Writes the content.
     *
     * @param out where to; not to be closed
     * @throws IOException if that fails; the file then stays as it was
     */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes a text file, in UTF-8.
   *
   * @param file the file; its folder is made if need be
   * @param text the content
   * @throws IOException if the file cannot be written; it then stays as it was
   */
  public static void write(Path file, String text) throws IOException {
    write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Writes a file.
   *
   * @param file the file; its folder is made if need be
   * @param content what is in it
   * @throws IOException if the file cannot be written; it then stays as it was
   */
  public static void write(Path file, Content content) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    // Not Files.createTempFile: nobody but the user could read what that makes.
    Path temporary = folder.resolve("." + file.getFileName() + "-" + UUID.randomUUID() + ".tmp");
    try {
      try (FileChannel channel =
          FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        OutputStream out = new java.io.BufferedOutputStream(Channels.newOutputStream(channel));
        content.writeTo(out);
        out.flush();
        channel.force(true);
      }
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
    forceFolder(folder);
  }

  // Without this the move itself may be lost in a power cut. Windows cannot open folders.
  private static void forceFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // The file is whole either way; that its name may be lost in a power cut costs a rerun.
    }
  }
}
