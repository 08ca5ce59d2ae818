package org.equipoise.experiments.data.features;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.equipoise.api.Described;
import org.equipoise.api.data.DataContext;
import org.equipoise.api.data.DatasetSpec;
import org.equipoise.api.data.FeatureExamples;
import org.equipoise.api.data.LabelledData;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.experiments.data.longtail.LongTail;
import org.equipoise.experiments.files.Sha256;
import org.equipoise.experiments.files.TextFile;

/**
 * Features that some network has computed beforehand, with labels, to train heads on.
 *
 * <p>A file is a table of N rows. As safetensors: {@code features} (N, D), F32, F16 or BF16, and
 * {@code labels} (N), any integer type; other arrays are passed over, and the metadata may have
 * {@code class_names}, a JSON list. As CSV: a header {@code label,f0,f1,...}, then one line a row.
 * Labels are class ids 0..K-1. In memory a table takes 4 N D bytes of heap and as many beside it.
 *
 * <p>Files are found relative to the folder of data sets.
 *
 * @param train the table to train on; required
 * @param test the table to evaluate on; required
 * @param extractor what computed the features, in words, such as {@code CLIP ViT-B/32}; required,
 *     so that results can be kept apart from those of networks trained from scratch
 * @param classNames a text file with a class name a line, in the order of the ids; by default the
 *     names that the train table has, or else the ids
 * @param normalisation what is done to each vector; by default nothing
 * @param longTail which rows of a balanced train table are kept, by Cao's rule; by default all
 */
@Described(
    summary = "Precomputed features with labels: safetensors or CSV.",
    formula =
        "x = f(image), computed beforehand; l2: x / |x|_2; longTail: n_k = trunc(n IF^(-k/(K-1)))",
    source = "Equipoise; the long tail as Cao et al. 2019, section 4",
    differs = "Results depend on what the extractor was trained on, so it has to be named.")
public record FeatureTable(
    String train,
    String test,
    String extractor,
    Optional<String> classNames,
    Normalisation normalisation,
    Optional<LongTail> longTail)
    implements DatasetSpec {

  /** No files yet: train, test and extractor have to be named; no normalisation, all rows. */
  public FeatureTable() {
    this("", "", "", Optional.empty(), new Normalisation.None(), Optional.empty());
  }

  /** Checks the names of the files. An empty text is a file or extractor that is not named yet. */
  public FeatureTable {
    requireFormat("train", train);
    requireFormat("test", test);
  }

  private static void requireFormat(String key, String file) {
    if (!file.isEmpty() && TableFormat.of(file).isEmpty()) {
      throw new IllegalArgumentException(
          key + ": expected a file that ends in " + TableFormat.extensions() + ", is " + file);
    }
  }

  /**
   * Reads both tables.
   *
   * @param context the folder of data sets
   * @return train and test split; fingerprints of both files, of the class names' file and, of a
   *     long tail, of the chosen rows ({@code train-indices}, little-endian int32)
   * @throws IOException if a file is missing or damaged, or the two do not fit together
   */
  @Override
  public LabelledData load(DataContext context) throws IOException {
    Path trainFile = find(context, "train", train);
    Path testFile = find(context, "test", test);
    if (extractor.isBlank()) {
      throw new IOException(
          "dataset.extractor: expected what computed the features, such as CLIP ViT-B/32, is"
              + " empty");
    }
    SortedMap<String, String> fingerprints = new TreeMap<>();
    Table trainTable = read(trainFile, "train", fingerprints);
    Table testTable = read(testFile, "test", fingerprints);
    if (trainTable.width() != testTable.width()) {
      throw new IOException(
          String.format(
              "%s: has features of width %d, but %s of %d; expected both from one extractor",
              testFile, testTable.width(), trainFile, trainTable.width()));
    }
    List<String> names = names(context, trainFile, trainTable, fingerprints);
    if (testTable.classNames().isPresent() && !testTable.classNames().get().equals(names)) {
      throw new IOException(testFile + ": names other classes than " + trainFile);
    }
    requireClasses(trainFile, trainTable.labels(), names.size());
    requireClasses(testFile, testTable.labels(), names.size());
    FeatureExamples kept = examples(trainTable);
    if (longTail.isPresent()) {
      int[] chosen = choose(trainFile, longTail.get(), trainTable.labels(), names.size());
      fingerprints.put("train-indices", LongTail.sha256(chosen));
      kept = kept.select(chosen);
    }
    return new LabelledData(
        kept,
        examples(testTable),
        names,
        ClassCounts.ofLabels(kept.labels(), names.size()),
        fingerprints,
        Optional.of(extractor));
  }

  private static Path find(DataContext context, String key, String name) throws IOException {
    if (name.isEmpty()) {
      throw new IOException("dataset." + key + ": expected a file, is empty");
    }
    Path file = context.directory().resolve(name).normalize();
    if (!Files.isRegularFile(file)) {
      throw new FileNotFoundException(
          file
              + ": there is no such file; dataset."
              + key
              + " is "
              + name
              + ", relative to the folder of data sets, which --data-dir names");
    }
    return file;
  }

  private static Table read(Path file, String name, SortedMap<String, String> fingerprints)
      throws IOException {
    fingerprints.put(name, Sha256.of(file));
    return TableFormat.of(file.toString()).orElseThrow().read(file);
  }

  private FeatureExamples examples(Table table) {
    normalisation.apply(table.values(), table.width());
    return new FeatureExamples(table.values(), table.width(), table.labels());
  }

  private List<String> names(
      DataContext context, Path trainFile, Table table, SortedMap<String, String> fingerprints)
      throws IOException {
    if (classNames.isPresent()) {
      Path file = find(context, "classNames", classNames.get());
      fingerprints.put("class-names", Sha256.of(file));
      return distinct(
          file,
          TextFile.lines(file).stream().map(String::strip).filter(n -> !n.isEmpty()).toList());
    }
    if (table.classNames().isPresent()) {
      return distinct(trainFile, table.classNames().get());
    }
    int classes = Arrays.stream(table.labels()).max().orElseThrow() + 1;
    if (classes > table.labels().length) {
      throw new IOException(
          trainFile
              + ": has "
              + table.labels().length
              + " rows and a label "
              + (classes - 1)
              + "; expected class ids 0..K-1, or the names of all classes");
    }
    return IntStream.range(0, classes).mapToObj(Integer::toString).toList();
  }

  private static List<String> distinct(Path file, List<String> names) throws IOException {
    if (names.isEmpty() || new HashSet<>(names).size() < names.size()) {
      throw new IOException(file + ": expected the name of each class, each once, is " + names);
    }
    return names;
  }

  private static void requireClasses(Path file, int[] labels, int classes) throws IOException {
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] >= classes) {
        throw new IOException(
            String.format(
                "%s: row %d (from 0) has label %d; expected 0..%d",
                file, i, labels[i], classes - 1));
      }
    }
  }

  private static int[] choose(Path file, LongTail longTail, int[] labels, int classes)
      throws IOException {
    try {
      return longTail.select(labels, classes);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": cannot be made long-tailed: " + e.getMessage(), e);
    }
  }
}
