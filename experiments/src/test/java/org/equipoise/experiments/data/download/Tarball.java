package org.equipoise.experiments.data.download;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Packs a {@code .tar.gz} in memory, sound or not. */
public final class Tarball {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final TarArchiveOutputStream tar;

  /** Begins an archive. */
  public Tarball() {
    try {
      tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds a file under any name, also one that points elsewhere. */
  public Tarball file(String name, byte[] content) {
    TarArchiveEntry entry = new TarArchiveEntry(name, true);
    entry.setSize(content.length);
    return entry(entry, content);
  }

  /** Adds a folder. */
  public Tarball folder(String name) {
    return entry(new TarArchiveEntry(name + "/"), new byte[0]);
  }

  /** Adds an entry of another kind, such as a link. */
  public Tarball special(String name, byte kind, String link) {
    TarArchiveEntry entry = new TarArchiveEntry(name, kind);
    entry.setLinkName(link);
    return entry(entry, new byte[0]);
  }

  private Tarball entry(TarArchiveEntry entry, byte[] content) {
    try {
      tar.putArchiveEntry(entry);
      tar.write(content);
      tar.closeArchiveEntry();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the archive. */
  public byte[] toBytes() {
    try {
      tar.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
