package org.equipoise.experiments.plan;

import java.util.List;

/** Says what of an experiment cannot be planned, and why: all of them at once. */
public final class PlanException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  PlanException(List<String> problems) {
    super(String.join("\n", problems));
  }
}
