package org.equipoise.experiments.models;

import ai.djl.Model;
import ai.djl.ndarray.*;
import ai.djl.training.ParameterStore;
import java.nio.file.*;

final class Relu {
  static final Model M = load();

  static Model load() {
    try {
      Model m = Model.newInstance("relu", "PyTorch");
      m.load(Files.newInputStream(Path.of("/tmp/st/relu.pt")));
      return m;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  static NDArray apply(NDArray x, boolean training) {
    if (!System.getProperty("mode", "").contains("r")) return ai.djl.nn.Activation.relu(x);
    return M.getBlock()
        .forward(new ParameterStore(x.getManager(), false), new NDList(x), training)
        .get(0);
  }
}
