package org.equipoise.experiments.data.download;

import java.net.URI;

/**
 * An archive that a publisher offers for download.
 *
 * @param address where it is, over HTTP or HTTPS
 * @param bytes its size
 * @param sha256 its SHA-256, 64 lower-case hex digits
 * @param folder the one folder that it unpacks to
 * @param unpackedBytes an upper bound of what it unpacks to
 */
public record PublishedArchive(
    URI address, long bytes, String sha256, String folder, long unpackedBytes) {

  /** Checks the ranges. */
  public PublishedArchive {
    if (bytes < 1 || unpackedBytes < 1) {
      throw new IllegalArgumentException(
          "archive sizes: expected >= 1, are " + bytes + " and " + unpackedBytes);
    }
    if (!sha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("sha256: expected 64 hex digits, is " + sha256);
    }
    if (!folder.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
      throw new IllegalArgumentException("folder: expected a plain name, is " + folder);
    }
  }

  /**
   * Returns the name of the archive's file.
   *
   * @return the last part of the address
   */
  public String fileName() {
    String path = address.getPath();
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
