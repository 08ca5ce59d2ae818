package org.equipoise.experiments.weights;

import java.util.EnumSet;
import java.util.Set;
import org.equipoise.api.method.ModelPart;

/**
 * Weights that a study starts from instead of fresh ones.
 *
 * @param file a safetensors file; a relative path is looked for in the folder of data sets
 * @param names whose names its arrays have
 * @param parts what is taken from it; what is not starts fresh
 * @param frozen whether the backbone stays as it is, also in stages that train it
 */
public record Pretrained(String file, WeightNames names, Parts parts, boolean frozen) {

  /** Checks that there is a name. */
  public Pretrained {
    if (file.isBlank()) {
      throw new IllegalArgumentException("file: expected the path of a file, is empty");
    }
  }

  /** What is taken from a file. */
  public enum Parts {
    /** The backbone; a classifier in the file is passed over. */
    BACKBONE,
    /** The backbone and the classifier of the same classes. */
    ALL;

    /**
     * Returns the parts of a network.
     *
     * @return one or all of them
     */
    public Set<ModelPart> ofNetwork() {
      return this == ALL ? EnumSet.allOf(ModelPart.class) : EnumSet.of(ModelPart.BACKBONE);
    }
  }
}
