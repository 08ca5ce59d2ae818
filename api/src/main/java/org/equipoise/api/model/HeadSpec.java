package org.equipoise.api.model;

import org.equipoise.api.Named;

/** A kind of classifier head: from features to logits. */
public interface HeadSpec extends Named {

  /**
   * Builds the head, not yet initialised.
   *
   * @param features the shape of the features it receives
   * @param classes the number of classes C
   * @return a new head
   */
  ClassifierHead build(FeatureShape features, int classes);
}
