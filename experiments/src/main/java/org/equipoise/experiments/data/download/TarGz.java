package org.equipoise.experiments.data.download;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Unpacks {@code .tar.gz} files, trusting nothing that they say. */
final class TarGz {

  private static final int MAX_ENTRIES = 10_000;
  private static final int BUFFER = 1 << 16;

  private TarGz() {}

  /**
   * Unpacks an archive of plain files and folders.
   *
   * @param archive the archive
   * @param target an empty folder, absolute and normalised; nothing is written outside it
   * @param limit the most bytes that all files together may have
   * @throws IOException if the archive is damaged, has an entry that is neither file nor folder or
   *     that points out of the target, the same file twice, or more than the limit
   */
  static void unpack(Path archive, Path target, long limit) throws IOException {
    try (InputStream file = new BufferedInputStream(Files.newInputStream(archive), BUFFER);
        TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(file, BUFFER))) {
      long written = 0;
      int entries = 0;
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (++entries > MAX_ENTRIES) {
          throw new IOException("more than " + MAX_ENTRIES + " entries");
        }
        Path path = inside(target, entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(path);
        } else if (isPlain(entry)) {
          Files.createDirectories(path.getParent());
          written = copy(tar, path, written, limit);
        } else {
          throw new IOException("\"" + entry.getName() + "\" is neither a file nor a folder");
        }
      }
    } catch (IOException e) {
      throw new IOException(archive + ": cannot be unpacked: " + e.getMessage(), e);
    }
  }

  // Known kinds only: links and devices have kinds of their own, and there may be more to come.
  private static boolean isPlain(TarArchiveEntry entry) {
    byte kind = entry.getLinkFlag();
    return (kind == TarConstants.LF_NORMAL || kind == TarConstants.LF_OLDNORM) && !entry.isSparse();
  }

  private static Path inside(Path target, String name) throws IOException {
    try {
      Path path = target.resolve(name).normalize();
      if (path.startsWith(target)) {
        return path;
      }
    } catch (InvalidPathException e) {
      throw new IOException("\"" + name + "\" is no path here", e);
    }
    throw new IOException("\"" + name + "\" points out of the archive");
  }

  private static long copy(InputStream in, Path file, long before, long limit) throws IOException {
    long written = before;
    byte[] buffer = new byte[BUFFER];
    try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        written += n;
        if (written > limit) {
          throw new OversizeException("its files", limit);
        }
        out.write(buffer, 0, n);
      }
    }
    return written;
  }
}
