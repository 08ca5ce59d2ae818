package org.equipoise.experiments.weights;

/** Whose names the arrays of a file of weights have. */
public enum WeightNames {
  /** Those of a stage's {@code weights.safetensors}. */
  EQUIPOISE,
  /** Those of PyTorch's state dicts, as the backbone knows them. */
  PYTORCH
}
