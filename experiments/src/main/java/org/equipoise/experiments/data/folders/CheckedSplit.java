package org.equipoise.experiments.data.folders;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.equipoise.api.data.ImageFiles;
import org.equipoise.experiments.files.Sha256;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A split whose files were all looked at.
 *
 * @param files the files that can be read, as far as they were looked at
 * @param fingerprints what was read: {@code NAME-files}, over each file's name and size, and {@code
 *     skipped/FILE} for each file that was left out, over its bytes
 */
record CheckedSplit(ImageFiles files, SortedMap<String, String> fingerprints) {

  private static final Logger LOG = LoggerFactory.getLogger(CheckedSplit.class);

  /**
   * Looks at all files.
   *
   * @param root the folder that names start from
   * @param split the split's name, for messages and fingerprints
   * @param listed the files
   * @param reading how they are read, and what is done with damaged ones
   * @throws IOException if files are damaged and none may be, or no file is left
   */
  static CheckedSplit of(Path root, String split, ListedImages listed, ImageReading reading)
      throws IOException {
    List<Unreadable> unreadable = reading.check().unreadable(root, listed.names());
    if (reading.damaged() == Damaged.FAIL && !unreadable.isEmpty()) {
      Complaints complaints = new Complaints();
      complaints.addAll(unreadable);
      complaints.throwIfAny(root + ", split " + split + ", of " + listed.size() + " files,");
    }
    SortedMap<String, String> fingerprints = new TreeMap<>();
    for (Unreadable one : unreadable) {
      LOG.warn("{}: left out of split {}: it {}", root.resolve(one.name()), split, one.reason());
      fingerprints.put("skipped/" + one.name(), contents(root.resolve(one.name())));
    }
    if (!unreadable.isEmpty()) {
      LOG.warn(
          "{}: {} of {} files of split {} are damaged and left out",
          root,
          unreadable.size(),
          listed.size(),
          split);
    }
    Set<Integer> bad = unreadable.stream().map(Unreadable::index).collect(Collectors.toSet());
    ListedImages kept = bad.isEmpty() ? listed : listed.where(i -> !bad.contains(i));
    if (kept.size() == 0) {
      throw new IOException(root + ": no file of split " + split + " can be read");
    }
    fingerprints.put(split + "-files", namesAndSizes(root, kept.names()));
    return new CheckedSplit(
        new ImageFiles(root, kept.names(), kept.labels(), reading.format(), reading.centreCrop()),
        fingerprints);
  }

  private static String contents(Path file) throws IOException {
    return Files.isRegularFile(file) && Files.isReadable(file) ? Sha256.of(file) : Sha256.of("");
  }

  private static String namesAndSizes(Path root, List<String> names) throws IOException {
    MessageDigest digest = Sha256.digest();
    for (String name : names) {
      String line = name + "\t" + Files.size(root.resolve(name)) + "\n";
      digest.update(line.getBytes(StandardCharsets.UTF_8));
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
