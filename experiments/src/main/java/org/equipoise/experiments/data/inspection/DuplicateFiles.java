package org.equipoise.experiments.data.inspection;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.equipoise.experiments.data.images.DecodePool;

/**
 * Files of the same bytes.
 *
 * @param sha256 SHA-256 (hex) of each of them
 * @param files at least two, in the order of split and name
 */
public record DuplicateFiles(String sha256, List<PlacedFile> files) {

  /** Copies the list and checks its length. */
  public DuplicateFiles {
    files = List.copyOf(files);
    if (files.size() < 2) {
      throw new IllegalArgumentException("files: expected at least 2, has " + files.size());
    }
  }

  /**
   * Tells whether what is trained on is evaluated on too.
   *
   * @return whether the files lie in more than one split
   */
  public boolean acrossSplits() {
    return files.stream().map(PlacedFile::split).distinct().count() > 1;
  }

  /**
   * Tells whether one image is said to be two things.
   *
   * @return whether the files lie in more than one class
   */
  public boolean acrossClasses() {
    return files.stream().map(PlacedFile::className).distinct().count() > 1;
  }

  /**
   * Finds them. Files of different sizes are different, so that most are never read.
   *
   * @param root the folder that names start from
   * @param files readable files
   * @return every group of equal files, in the order of its first file's split and name
   */
  static List<DuplicateFiles> among(Path root, List<PlacedFile> files) {
    Map<PlacedFile, Long> sizes = all(files, file -> FileFacts.size(root.resolve(file.name())));
    List<PlacedFile> candidates =
        files.stream().collect(Collectors.groupingBy(sizes::get)).values().stream()
            .filter(same -> same.size() > 1)
            .flatMap(Collection::stream)
            .toList();
    Map<PlacedFile, String> hashes =
        all(candidates, file -> FileFacts.sha256(root.resolve(file.name())));
    Map<String, List<PlacedFile>> byHash = new TreeMap<>();
    for (PlacedFile file : files) {
      String hash = hashes.get(file);
      if (hash != null) {
        byHash.computeIfAbsent(hash, none -> new ArrayList<>()).add(file);
      }
    }
    // The files come split by split, in order.
    return byHash.entrySet().stream()
        .filter(group -> group.getValue().size() > 1)
        .map(group -> new DuplicateFiles(group.getKey(), group.getValue()))
        .sorted((a, b) -> FileFacts.ORDER.compare(a.files().get(0), b.files().get(0)))
        .toList();
  }

  private static <T> Map<PlacedFile, T> all(List<PlacedFile> files, Function<PlacedFile, T> fact) {
    Map<PlacedFile, T> facts = new ConcurrentHashMap<>();
    int threads = DecodePool.configuredThreads();
    try (DecodePool pool = new DecodePool(threads)) {
      // One task a thread: there may be half a million files.
      pool.start(
              threads,
              first -> {
                for (int i = first; i < files.size(); i += threads) {
                  facts.put(files.get(i), fact.apply(files.get(i)));
                }
              })
          .await();
    }
    return facts;
  }
}
