package org.equipoise.experiments.data.download;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.equipoise.experiments.files.DurableFiles;
import org.equipoise.experiments.files.Sha256;

/**
 * The folder that a published archive unpacks to: found, or unpacked from the archive that lies
 * beside it, or downloaded.
 *
 * <p>Several processes may ask for it at once: one fetches it, the others wait. The folder appears
 * under its name only when it is whole.
 */
public final class PublishedFolder {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  // A file lock belongs to the whole process; this tells its threads apart.
  private static final Object THREADS = new Object();

  private final PublishedArchive archive;
  private final Path directory;
  private final Path folder;
  private final Path packed;

  private PublishedFolder(PublishedArchive archive, Path directory) {
    this.archive = archive;
    this.directory = directory;
    this.folder = directory.resolve(archive.folder());
    this.packed = directory.resolve(archive.fileName());
  }

  /**
   * Returns the folder, after fetching it if it is not there.
   *
   * <p>A folder that is there is returned as it is: what is in it is for the caller to check.
   *
   * @param archive what to look for, and where it can be had
   * @param directory the folder of data sets, where the folder is or will be; made if need be
   * @return an existing folder
   * @throws IOException if it is not there and cannot be had; the message says where to put it
   */
  public static Path find(PublishedArchive archive, Path directory) throws IOException {
    return new PublishedFolder(archive, directory.toAbsolutePath().normalize()).find();
  }

  private Path find() throws IOException {
    if (Files.isDirectory(folder)) {
      return folder;
    }
    synchronized (THREADS) {
      try (FileChannel channel = lockFile();
          FileLock lock = channel.lock()) {
        if (lock.isValid() && !Files.isDirectory(folder)) {
          make();
        }
      }
    }
    return folder;
  }

  // The file stays: to delete it would let two processes lock two files of the same name.
  private FileChannel lockFile() throws IOException {
    try {
      Files.createDirectories(directory);
      return FileChannel.open(
          directory.resolve("." + archive.folder() + ".lock"),
          StandardOpenOption.CREATE,
          StandardOpenOption.WRITE);
    } catch (FileSystemException e) {
      throw new IOException(
          folder
              + ": not there, and nothing can be written into "
              + directory
              + " ("
              + e
              + "); name another folder with --data-dir",
          e);
    }
  }

  private void make() throws IOException {
    boolean ours = Files.notExists(packed);
    if (ours) {
      download();
    } else if (!archive.sha256().equals(Sha256.of(packed))) {
      throw new IOException(
          packed
              + ": SHA-256 is "
              + Sha256.of(packed)
              + "; expected "
              + archive.sha256()
              + ", as published. Delete the file, and it is downloaded again.");
    }
    Path draft = directory.resolve("." + archive.folder() + ".unpacking");
    DurableFiles.deleteTree(draft);
    Files.createDirectory(draft);
    try {
      TarGz.unpack(packed, draft, archive.unpackedBytes());
      if (!Files.isDirectory(draft.resolve(archive.folder()))) {
        throw new IOException(packed + ": has no folder " + archive.folder());
      }
      Files.move(draft.resolve(archive.folder()), folder, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      DurableFiles.deleteTree(draft);
    }
    if (ours) {
      Files.delete(packed);
    }
  }

  private void download() throws IOException {
    try {
      new Download(archive, packed, PATIENCE).run();
    } catch (IOException e) {
      throw new IOException(
          String.format(
              "%s: not there, and cannot be downloaded: %s."
                  + " Run again to go on with the download. Without a network, put the folder %s or"
                  + " the archive %s into %s, or name the folder that has it with --data-dir.",
              folder, e.getMessage(), archive.folder(), archive.fileName(), directory),
          e);
    }
  }
}
