package org.equipoise.api.data;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.equipoise.api.stats.ClassCounts;

/**
 * A data set that was read.
 *
 * @param train the examples to train on
 * @param test the examples to evaluate on, once
 * @param classNames the name of each class, in the order of the ids
 * @param published the class counts of the full published train set, by which shot groups are
 *     formed
 * @param fingerprints SHA-256 (hex) of what was read, by file or split name; part of every record
 * @param pretrained what was trained before, if the inputs are features of a pretrained network,
 *     such as {@code CLIP ViT-B/32}, or the model starts from one: such results are never ranked
 *     beside those of networks trained from scratch
 * @param validation examples to choose by, or to learn class rates from, if the data set has such a
 *     split; neither trained on nor part of a result
 */
public record LabelledData(
    Examples train,
    Examples test,
    List<String> classNames,
    ClassCounts published,
    SortedMap<String, String> fingerprints,
    Optional<String> pretrained,
    Optional<Examples> validation) {

  /** What the name of a file that is not the published one begins with, among fingerprints. */
  public static final String UNVERIFIED = "unverified/";

  /**
   * Holds raw data, which no network has seen.
   *
   * @param train the examples to train on
   * @param test the examples to evaluate on, once
   * @param classNames the name of each class, in the order of the ids
   * @param published the class counts of the full published train set
   * @param fingerprints SHA-256 (hex) of what was read, by file or split name
   */
  public LabelledData(
      Examples train,
      Examples test,
      List<String> classNames,
      ClassCounts published,
      SortedMap<String, String> fingerprints) {
    this(train, test, classNames, published, fingerprints, Optional.empty());
  }

  /**
   * Has no validation split.
   *
   * @param train the examples to train on
   * @param test the examples to evaluate on, once
   * @param classNames the name of each class, in the order of the ids
   * @param published the class counts of the full published train set
   * @param fingerprints SHA-256 (hex) of what was read, by file or split name
   * @param pretrained what was trained before, if anything was
   */
  public LabelledData(
      Examples train,
      Examples test,
      List<String> classNames,
      ClassCounts published,
      SortedMap<String, String> fingerprints,
      Optional<String> pretrained) {
    this(train, test, classNames, published, fingerprints, pretrained, Optional.empty());
  }

  /** Copies the collections and checks that they agree. */
  public LabelledData {
    classNames = List.copyOf(classNames);
    fingerprints = Collections.unmodifiableSortedMap(new TreeMap<>(fingerprints));
    if (published.classes() != classNames.size()) {
      throw new IllegalArgumentException(
          "data set: "
              + classNames.size()
              + " class names, but counts of "
              + published.classes()
              + " classes");
    }
  }

  /**
   * Returns the same data set with a validation split.
   *
   * @param examples the split
   * @return a copy
   */
  public LabelledData withValidation(Examples examples) {
    return new LabelledData(
        train, test, classNames, published, fingerprints, pretrained, Optional.of(examples));
  }

  /**
   * Returns the same data set with one more fingerprint.
   *
   * @param name what was read
   * @param sha256 its hash, hex
   * @return a copy
   */
  public LabelledData withFingerprint(String name, String sha256) {
    SortedMap<String, String> more = new TreeMap<>(fingerprints);
    more.put(name, sha256);
    return new LabelledData(train, test, classNames, published, more, pretrained, validation);
  }

  /**
   * Returns the number of classes K.
   *
   * @return K
   */
  public int classes() {
    return classNames.size();
  }
}
