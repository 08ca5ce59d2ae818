package org.equipoise.api.model;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How PyTorch's state dicts call the parameters of a backbone, by custom.
 *
 * @param parameters their name for each parameter of the backbone's block, running statistics
 *     included, by the path within the block: {@code 01stem_01conv_weight} is {@code conv1.weight}
 * @param head their name for the classifier, before {@code .weight} and {@code .bias}, such as
 *     {@code fc}
 */
public record TorchNames(Map<String, String> parameters, String head) {

  /** Copies the map, keeping its order, and checks that no name stands for two parameters. */
  public TorchNames {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    if (new HashSet<>(parameters.values()).size() != parameters.size()) {
      throw new IllegalArgumentException("torch names: expected each once, are " + parameters);
    }
  }
}
