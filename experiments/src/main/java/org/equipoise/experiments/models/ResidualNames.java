package org.equipoise.experiments.models;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The names that PyTorch has for the parameters of a {@link ResidualStack}. */
final class ResidualNames {

  private static final Map<String, String> NORM =
      Map.of(
          "gamma", "weight",
          "beta", "bias",
          "runningMean", "running_mean",
          "runningVar", "running_var");

  private final Map<String, String> names = new LinkedHashMap<>();

  private ResidualNames() {}

  /**
   * Names the parameters of a stack.
   *
   * @param blocks the number of blocks of each group
   * @param layers the number of convolutions of a block
   * @param shortcuts in which groups the first block's shortcut has parameters
   * @return PyTorch's names by the paths within the stack
   */
  static Map<String, String> of(List<Integer> blocks, int layers, List<Boolean> shortcuts) {
    ResidualNames table = new ResidualNames();
    table.layer("01stem_", "conv1", "bn1");
    int child = 2;
    for (int group = 0; group < blocks.size(); group++) {
      for (int i = 0; i < blocks.get(group); i++) {
        String own = numbered(child++, "block");
        String theirs = "layer" + (group + 1) + "." + i + ".";
        for (int k = 1; k <= layers; k++) {
          table.layer(own + numbered(k, "layer"), theirs + "conv" + k, theirs + "bn" + k);
        }
        if (i == 0 && shortcuts.get(group)) {
          table.layer(
              own + numbered(layers + 1, "shortcut"),
              theirs + "downsample.0",
              theirs + "downsample.1");
        }
      }
    }
    return table.names;
  }

  private void layer(String own, String convolution, String norm) {
    names.put(own + "01conv_weight", convolution + ".weight");
    putNorm(names, own + "02norm_", norm);
  }

  /** Names the four arrays of a batch normalisation. */
  static void putNorm(Map<String, String> names, String own, String norm) {
    NORM.forEach((ours, theirs) -> names.put(own + ours, norm + "." + theirs));
  }

  // As DJL numbers the children of a block.
  static String numbered(int child, String name) {
    return String.format(Locale.ROOT, "%02d%s_", child, name);
  }
}
