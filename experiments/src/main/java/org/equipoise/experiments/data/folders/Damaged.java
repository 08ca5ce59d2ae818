package org.equipoise.experiments.data.folders;

/**
 * What is done with image files that are missing, cut short, damaged, or no images. A closed set.
 *
 * <p>Either way each file is looked at when a data set is read, as closely as {@link Check} says.
 * What was not found then stops the training that meets it: by then the class counts are bound.
 */
public enum Damaged {
  /** Reading the data set fails, and names them. */
  FAIL,
  /** They are left out of the split, counted in the log, and named among the fingerprints. */
  SKIP
}
