package org.equipoise.experiments.config;

import java.util.Locale;

/**
 * Ways in which the parts of an arm can work against each other, or against a fair comparison.
 * Plans are checked for each; an arm that means it says so under {@code accept}.
 */
public enum ConflictKind {
  /** The sampler balances classes, and the loss corrects the prior of before that. */
  DOUBLE_PRIOR_CORRECTION,
  /** Class weights balance classes, and the loss corrects their prior too. */
  WEIGHTS_ON_PRIOR_SHIFT,
  /** The head scales its cosines, and the loss scales again. */
  SCALE_APPLIED_TWICE,
  /** The loss shifts by a log-prior that dwarfs the bounded logits of the head. */
  LOG_PRIOR_ON_UNSCALED_COSINES,
  /** Class weights average to 1 over something else than those of another arm. */
  WEIGHT_NORMALISATION_DIFFERS;

  /**
   * Returns the name that configs, plans and reports use.
   *
   * @return the constant in kebab-case; never changes
   */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
