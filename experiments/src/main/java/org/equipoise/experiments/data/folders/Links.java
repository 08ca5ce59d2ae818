package org.equipoise.experiments.data.folders;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Symbolic links that cannot be followed. */
final class Links {

  static final String LEADS_BACK = ", a link to a folder that it lies in";
  static final String LEADS_NOWHERE = ", a link that leads nowhere";

  private Links() {}

  static boolean leadsNowhere(Path entry) {
    return Files.isSymbolicLink(entry) && !Files.exists(entry);
  }

  /** Tells whether an entry is a link to a folder that it lies in: to follow it has no end. */
  static boolean leadsBack(Path entry) {
    try {
      return Files.isSymbolicLink(entry)
          && Files.exists(entry)
          && entry.toAbsolutePath().getParent().toRealPath().startsWith(entry.toRealPath());
    } catch (IOException e) {
      // It vanished, or may not be read: whoever reads it will say so.
      return false;
    }
  }
}
