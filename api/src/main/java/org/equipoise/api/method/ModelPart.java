package org.equipoise.api.method;

/** The parts of a model that a stage may train or freeze. */
public enum ModelPart {
  /** From inputs to features. */
  BACKBONE,
  /** From features to logits. */
  HEAD
}
