package org.equipoise.experiments.data.folders;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.equipoise.experiments.data.images.DecodePool;
import org.equipoise.experiments.data.images.ImageCheck;

/**
 * Looks at many files with all decoder threads; the order of what is found is that of the files.
 */
final class FileCheck {

  private FileCheck() {}

  /** Looks at headers and ends. */
  static List<Unreadable> of(Path root, List<String> names) {
    return of(root, names, ImageCheck::complaint);
  }

  /** Decodes every file. */
  static List<Unreadable> byDecoding(Path root, List<String> names) {
    return of(root, names, ImageCheck::complaintOnDecoding);
  }

  private static List<Unreadable> of(
      Path root, List<String> names, Function<Path, Optional<String>> check) {
    String[] complaints = new String[names.size()];
    int threads = DecodePool.configuredThreads();
    try (DecodePool pool = new DecodePool(threads)) {
      // One task a thread: there may be half a million files.
      pool.start(
              threads,
              first -> {
                for (int i = first; i < complaints.length; i += threads) {
                  complaints[i] = check.apply(root.resolve(names.get(i))).orElse(null);
                }
              })
          .await();
    }
    List<Unreadable> found = new ArrayList<>();
    for (int i = 0; i < complaints.length; i++) {
      if (complaints[i] != null) {
        found.add(new Unreadable(i, names.get(i), complaints[i]));
      }
    }
    return found;
  }
}
