package org.equipoise.experiments.data.folders;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.equipoise.api.Described;
import org.equipoise.api.data.DataContext;
import org.equipoise.api.data.DatasetSpec;
import org.equipoise.api.data.LabelledData;
import org.equipoise.experiments.files.Sha256;

/**
 * Images that lists name: ImageNet-LT, Places-LT, iNaturalist 2018, or one's own.
 *
 * <p>Shot groups are formed by the counts of the whole train list, whether its files can be read or
 * not.
 *
 * @param format how the lists are written
 * @param train the train list, below the folder of data sets
 * @param test the list that is evaluated on, below the folder of data sets; the same file, if it
 *     has a column for the split
 * @param root the folder that the paths in the lists start from, below the folder of data sets
 * @param images how files become inputs
 * @param validation a list to choose by, below the folder of data sets; not read unless named
 * @see <a href="https://arxiv.org/abs/1904.05160">Liu et al. 2019, Large-scale long-tailed
 *     recognition in an open world, whose lists are ImageNet-LT and Places-LT</a>
 */
@Described(
    summary = "Images that lists name: ImageNet-LT, Places-LT, iNaturalist 2018, or one's own.",
    formula = "a line an image: path-label (PATH ID), csv (path, label, split); inaturalist-json",
    source = "Liu et al. 2019, section 4 (ImageNet-LT, Places-LT); Van Horn et al. 2018 (iNat)",
    differs = "Looks at every file beforehand; names every malformed line.")
public record ImageList(
    ListFormat format,
    String train,
    String test,
    String root,
    ImageReading images,
    Optional<String> validation)
    implements DatasetSpec {

  /** Lists train.txt and test.txt of path and class id, beside the images; read as ImageNet is. */
  public ImageList() {
    this(new ListFormat.PathLabel(), "train.txt", "test.txt", ".", new ImageReading());
  }

  /**
   * Has no list to choose by.
   *
   * @param format how the lists are written
   * @param train the train list
   * @param test the list that is evaluated on
   * @param root the folder that the paths in the lists start from
   * @param images how files become inputs
   */
  public ImageList(ListFormat format, String train, String test, String root, ImageReading images) {
    this(format, train, test, root, images, Optional.empty());
  }

  /** Checks the names. */
  public ImageList {
    requireName("train", train);
    requireName("test", test);
    requireName("root", root);
    validation.ifPresent(name -> requireName("validation", name));
  }

  private static void requireName(String key, String name) {
    if (name.isBlank()) {
      throw new IllegalArgumentException(key + ": expected a name, is blank");
    }
  }

  /**
   * Reads the lists, and looks at the header and end of every file.
   *
   * @param context the folder of data sets
   * @return train and test split, and validation split if one is named; fingerprints of the lists
   *     ({@code train-list}, {@code test-list}, {@code val-list}), of the files' names and sizes
   *     ({@code train-files}, {@code test-files}, {@code val-files}), not of pixels, and of each
   *     file that was left out ({@code skipped/FILE})
   * @throws IOException if a list is missing or malformed, or a file is damaged and none may be
   */
  @Override
  public LabelledData load(DataContext context) throws IOException {
    Path directory = context.directory();
    Path trainFile = directory.resolve(train).normalize();
    Path testFile = directory.resolve(test).normalize();
    ListedFile trainList = ListFormat.read(format, trainFile, FolderScan.TRAIN);
    ListedFile testList = ListFormat.read(format, testFile, FolderScan.TEST);
    Path folder = directory.resolve(root).normalize();
    if (!Files.isDirectory(folder)) {
      throw new IOException(folder + ": missing; expected the folder that the lists' paths are in");
    }
    ClassIds ids = new ClassIds(trainFile, trainList);
    Optional<Path> validationFile = validation.map(name -> directory.resolve(name).normalize());
    Optional<ListedImages> validationImages = Optional.empty();
    if (validationFile.isPresent()) {
      Path file = validationFile.get();
      ListedFile list = ListFormat.read(format, file, FolderScan.VAL);
      validationImages = Optional.of(ids.number(file, list));
    }
    LabelledData data =
        LoadedLists.of(
            folder,
            ids.names(),
            ids.number(trainFile, trainList),
            ids.number(testFile, testList),
            validationImages,
            images);
    data = data.withFingerprint("train-list", Sha256.of(trainFile));
    data = data.withFingerprint("test-list", Sha256.of(testFile));
    return validationFile.isPresent()
        ? data.withFingerprint("val-list", Sha256.of(validationFile.get()))
        : data;
  }
}
