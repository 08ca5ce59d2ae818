package org.equipoise.experiments.data.folders;

/**
 * What is done with image files that are missing, cut short, or no images. A closed set.
 *
 * <p>Either way each file's header and end are looked at when a data set is read. What only
 * decoding shows stops the training that meets it: by then the class counts are bound.
 */
public enum Damaged {
  /** Reading the data set fails, and names them. */
  FAIL,
  /** They are left out of the split, counted in the log, and named among the fingerprints. */
  SKIP
}
