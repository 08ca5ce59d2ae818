package org.equipoise.experiments.weights;

import java.util.List;

/** Says why a file of weights does not fit a network: everything at once. */
public final class WeightsMismatch extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  WeightsMismatch(List<String> problems) {
    super(String.join("\n", problems));
  }
}
