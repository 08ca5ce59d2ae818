package org.equipoise.experiments.training;

/** How often a schedule moves the learning rate. */
public enum Granularity {
  /** Before each step. */
  STEP,
  /** Before each epoch; within one the learning rate stays. */
  EPOCH
}
