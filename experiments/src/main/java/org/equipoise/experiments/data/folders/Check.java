package org.equipoise.experiments.data.folders;

import java.nio.file.Path;
import java.util.List;

/** How closely image files are looked at when a data set is read. A closed set. */
public enum Check {
  /** Header and end of each file: a few short reads. */
  HEADER {
    @Override
    List<Unreadable> unreadable(Path root, List<String> names) {
      return FileCheck.of(root, names);
    }
  },
  /** Every pixel, with all decoder threads: takes as long as one epoch of reading. */
  DECODE {
    @Override
    List<Unreadable> unreadable(Path root, List<String> names) {
      return FileCheck.byDecoding(root, names);
    }
  };

  /** Returns the files that cannot be read, in the order of the names. */
  abstract List<Unreadable> unreadable(Path root, List<String> names);
}
