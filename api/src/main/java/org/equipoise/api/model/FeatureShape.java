package org.equipoise.api.model;

import ai.djl.ndarray.types.Shape;
import java.util.Optional;

/**
 * The shape of what a backbone hands to a head, for one input.
 *
 * @param width the length D of a pooled feature vector, &gt;= 1
 * @param map the shape (D, h, w) of the spatial features, if the backbone has them
 */
public record FeatureShape(long width, Optional<Shape> map) {

  /**
   * Returns the shape of pooled features alone.
   *
   * @param width the feature width D
   * @return the shape
   */
  public static FeatureShape ofWidth(long width) {
    return new FeatureShape(width, Optional.empty());
  }
}
