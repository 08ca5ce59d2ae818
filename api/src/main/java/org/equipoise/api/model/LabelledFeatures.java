package org.equipoise.api.model;

/** The features of the train split under a backbone that does not change. */
public interface LabelledFeatures {

  /**
   * Returns the number of classes C.
   *
   * @return C &gt;= 1
   */
  int classes();

  /**
   * Returns the length of a feature vector.
   *
   * @return D &gt;= 1
   */
  int width();

  /**
   * Goes through the train split once, in its order, without augmentation.
   *
   * <p>May be called again; each time costs a pass of the backbone over the split.
   *
   * @param visitor is shown each example
   */
  void forEach(Visitor visitor);

  /** Sees one example at a time. */
  @FunctionalInterface
  interface Visitor {

    /**
     * Sees an example.
     *
     * @param feature its feature vector, length D; lent for this call alone
     * @param label its class, in [0, C)
     */
    void visit(float[] feature, int label);
  }
}
