package org.equipoise.experiments.data.download;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import org.equipoise.experiments.files.Sha256;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches an archive into a file, going on where an earlier attempt stopped.
 *
 * <p>What has arrived so far is beside the target, with {@code .part} after its name; the target
 * itself appears only when it is whole and has the published checksum. As long as a request brings
 * anything, the next one follows at once.
 */
final class Download {

  private static final Logger LOG = LoggerFactory.getLogger(Download.class);

  private final PublishedArchive archive;
  private final Path target;
  private final Path part;
  private final Transfer transfer;

  /**
   * Prepares a download; nothing is sent yet.
   *
   * @param archive what to fetch
   * @param target the final name, in an existing folder
   * @param patience how long the server may stay silent
   */
  Download(PublishedArchive archive, Path target, Duration patience) {
    this.archive = archive;
    this.target = target;
    this.part = target.resolveSibling(target.getFileName() + ".part");
    this.transfer = new Transfer(archive, part, patience);
  }

  /**
   * Fetches the archive.
   *
   * @throws IOException if it cannot be had, or is not the published one; what has arrived so far
   *     is kept unless it is known to be wrong
   */
  void run() throws IOException {
    LOG.info("Downloading {} ({} bytes) to {}", archive.address(), archive.bytes(), target);
    boolean resumed = partSize() > 0;
    complete();
    if (resumed && !isPublished()) {
      // The beginning may be of another version of the file than the end.
      Files.delete(part);
      complete();
    }
    if (!isPublished()) {
      String found = Sha256.of(part);
      Files.delete(part);
      throw new IOException(
          archive.address()
              + ": SHA-256 of what was downloaded is "
              + found
              + "; expected "
              + archive.sha256());
    }
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    LOG.info("Downloaded {}", target);
  }

  private boolean isPublished() throws IOException {
    return archive.sha256().equals(Sha256.of(part));
  }

  private void complete() throws IOException {
    if (partSize() > archive.bytes()) {
      Files.delete(part);
    }
    long have = partSize();
    while (have < archive.bytes()) {
      Optional<IOException> failure = request();
      long now = partSize();
      if (now <= have) {
        throw new IOException(
            String.format(
                "%s: stopped at %d of %d bytes: %s",
                archive.address(),
                now,
                archive.bytes(),
                failure.map(IOException::getMessage).orElse("the server sent no more")),
            failure.orElse(null));
      }
      LOG.info("{}: {} of {} bytes", archive.fileName(), now, archive.bytes());
      have = now;
    }
  }

  private Optional<IOException> request() throws IOException {
    try {
      return transfer.run();
    } catch (OversizeException e) {
      Files.delete(part);
      throw new IOException(archive.address() + ": " + e.getMessage(), e);
    }
  }

  private long partSize() throws IOException {
    return Files.exists(part) ? Files.size(part) : 0;
  }
}
