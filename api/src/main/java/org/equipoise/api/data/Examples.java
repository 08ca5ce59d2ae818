package org.equipoise.api.data;

/** One split of a data set: examples that are drawn by index. */
public sealed interface Examples permits ImageExamples, ImageFiles, FeatureExamples {

  /**
   * Returns the number of examples N.
   *
   * @return N
   */
  int size();

  /**
   * Returns the label of each example.
   *
   * @return a new array, length N
   */
  int[] labels();
}
