package org.equipoise.experiments.data.folders;

import java.io.IOException;
import java.nio.file.Path;
import org.equipoise.api.Named;

/** How a list of image files is written. A closed set. */
public sealed interface ListFormat extends Named {

  /**
   * A file and its class id a line, with a space or tab between: the lists of ImageNet-LT and
   * Places-LT, and BALMS's of iNaturalist 2018.
   *
   * <p>Everything before the last space is the file. Class ids are 0..K-1, each at least once in
   * the train list.
   */
  record PathLabel() implements ListFormat {}

  /**
   * The official JSON files of iNaturalist, in the layout of COCO: {@code images} (id, file_name),
   * {@code annotations} (image_id, category_id), {@code categories} (id, name).
   *
   * <p>Classes are the categories that have training images, in the order of their ids. An image
   * has one annotation.
   */
  record InaturalistJson() implements ListFormat {}

  /**
   * Comma-separated values in UTF-8 with a header that names the columns {@code path}, {@code
   * label} and, if one file holds all splits, {@code split} ({@code train}, {@code val} or {@code
   * test}); other columns are not looked at.
   *
   * <p>Labels are names, in the order of their code points; or, if all are whole numbers, class ids
   * 0..K-1, each at least once in the train split. A field may stand in double quotes.
   */
  record Csv() implements ListFormat {}

  /**
   * Reads a list.
   *
   * @param format how it is written
   * @param file the list
   * @param split {@code train} or {@code test}, if the list has a column for it
   * @throws IOException if lines are malformed; the message names each with its number
   */
  static ListedFile read(ListFormat format, Path file, String split) throws IOException {
    if (format instanceof PathLabel) {
      return PathLabelReader.read(file);
    }
    if (format instanceof InaturalistJson) {
      return InaturalistReader.read(file);
    }
    return CsvReader.read(file, split);
  }
}
