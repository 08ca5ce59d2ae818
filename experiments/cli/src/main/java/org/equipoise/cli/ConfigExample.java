package org.equipoise.cli;

import com.fasterxml.jackson.databind.JsonNode;
import org.equipoise.experiments.registry.PartKind;

/** Shows where in a config a part stands. */
final class ConfigExample {

  private ConfigExample() {}

  /**
   * Returns lines to paste into a config.
   *
   * @param kind the part's kind
   * @param name what an arm with it may be called
   * @param tree the part, with its name and all its values
   */
  static String of(PartKind kind, String name, JsonNode tree) {
    String part = FlowYaml.of(tree);
    return switch (kind) {
      case METHOD -> arm(name, "\n" + FlowYaml.lines(tree).indent(6).stripTrailing());
      case LOSS -> arm(name, " {loss: " + part + "}");
      case SAMPLER -> arm(name, " {sampler: " + part + "}");
      case WEIGHTING -> arm(name, " {weighting: " + part + "}");
      case BATCH_TRANSFORM -> arm(name, " {batchTransforms: [" + part + "]}");
      case DATASET -> "dataset: " + part;
      case BACKBONE -> "model:\n  backbone: " + part;
      case HEAD -> "model:\n  head: " + part;
      case OPTIMIZER -> "training:\n  optimizer: " + part;
      case SCHEDULE -> "training:\n  schedule: " + part;
      case AUGMENTATION -> "training:\n  augmentation:\n    - " + part;
      case METRIC -> "metrics:\n  - " + part;
    };
  }

  private static String arm(String name, String method) {
    String id = name.substring(name.indexOf('/') + 1);
    return "arms:\n  - id: " + id + "\n    method:" + method;
  }
}
