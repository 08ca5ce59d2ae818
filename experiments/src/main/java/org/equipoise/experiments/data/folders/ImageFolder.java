package org.equipoise.experiments.data.folders;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.equipoise.api.Described;
import org.equipoise.api.data.DataContext;
import org.equipoise.api.data.DatasetSpec;
import org.equipoise.api.data.LabelledData;

/**
 * Images of one's own: a folder for each class, in {@code train} and {@code test}.
 *
 * <p>Without a folder {@code test}, {@code val} is evaluated on; without either, or without {@code
 * train} too, a part of every class is held out. Classes have the order of their names. Files are
 * JPEG or PNG and may lie in folders within the class's; a name that begins with a dot is not seen.
 * Shot groups are formed by the counts of all training images.
 *
 * @param folder the folder, below the folder of data sets
 * @param heldOut the share of each class that is held out, in (0, 1), if there is neither {@code
 *     test} nor {@code val}: at least one image of two, and never all
 * @param splitSeed which images those are
 * @param images how files become inputs
 */
@Described(
    summary = "Images of one's own: a folder for each class, in train and test.",
    formula = "FOLDER/train/CLASS/*.jpg, FOLDER/test/CLASS/*.jpg; or FOLDER/CLASS/*.jpg",
    source = "Equipoise; the layout is what torchvision calls ImageFolder",
    differs = "Divides a folder that has no test part by itself; looks at every file beforehand.")
public record ImageFolder(String folder, double heldOut, long splitSeed, ImageReading images)
    implements DatasetSpec {

  /** The folder of data sets itself; a fifth held out if need be, seed 0; read as ImageNet is. */
  public ImageFolder() {
    this(".", 0.2, 0, new ImageReading());
  }

  /** Checks the ranges. */
  public ImageFolder {
    if (folder.isBlank()) {
      throw new IllegalArgumentException("folder: expected a name, is blank");
    }
    if (!(heldOut > 0 && heldOut < 1)) {
      throw new IllegalArgumentException("heldOut: expected in (0, 1), is " + heldOut);
    }
  }

  /**
   * Looks through the folder and at every file, as closely as {@code images.check} says.
   *
   * @param context the folder of data sets
   * @return train, test and validation split; fingerprints of names and sizes ({@code train-files},
   *     {@code test-files}, {@code val-files}), not of pixels, and of each file that was left out
   *     ({@code skipped/FILE}). Without {@code test}, {@code val} is the test split
   * @throws IOException if it is no such folder, or a file is damaged and none may be
   */
  @Override
  public LabelledData load(DataContext context) throws IOException {
    Path root = context.directory().resolve(folder).normalize();
    FolderScan scan = FolderScan.of(root);
    Complaints complaints = new Complaints();
    complaints.addAll(scan.problems());
    complaints.throwIfAny(root);
    int classes = scan.classes().size();
    ListedImages train = scan.trainOrAll();
    ListedImages test = scan.splits().get(FolderScan.TEST);
    Optional<ListedImages> validation = Optional.ofNullable(scan.splits().get(FolderScan.VAL));
    if (test == null && validation.isPresent()) {
      test = validation.get();
      validation = Optional.empty();
    }
    if (test == null) {
      boolean[] held = new HeldOut(heldOut, splitSeed).choose(train.labels(), classes);
      test = train.where(i -> held[i]);
      train = train.where(i -> !held[i]);
    }
    return LoadedLists.of(root, scan.classes(), train, test, validation, images);
  }
}
