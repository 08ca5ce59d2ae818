package org.equipoise.experiments.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.equipoise.api.Named;
import org.equipoise.api.data.AugmentationSpec;
import org.equipoise.api.data.ImageExamples.ImageFormat;
import org.equipoise.api.data.ImageFiles;
import org.equipoise.api.data.Images;
import org.equipoise.api.data.LabelledData;
import org.equipoise.experiments.config.ExperimentConfig;
import org.equipoise.experiments.data.augmentation.RandomResizedCrop;

/** What an experiment does with its inputs, held against what they are. */
final class InputRules {

  private InputRules() {}

  /** Returns all that does not fit, each with the key of the config. */
  static List<String> problems(ExperimentConfig config, LabelledData data) {
    List<String> problems = new ArrayList<>();
    List<AugmentationSpec> changes = config.training().augmentation();
    if (data.train() instanceof Images images) {
      boolean files = images instanceof ImageFiles;
      for (int i = 0; i < changes.size(); i++) {
        String key = "training.augmentation[" + i + "]: ";
        check(changes.get(i), images.format()).ifPresent(what -> problems.add(key + what));
        if (files && i > 0 && changes.get(i) instanceof RandomResizedCrop) {
          problems.add(
              key
                  + "random-resized-crop must come first where images are read from files, because"
                  + " it cuts from the whole image");
        }
      }
    } else if (!changes.isEmpty()) {
      problems.add(
          "training.augmentation: changes images, but data set \""
              + config.dataset().typeName()
              + "\" has features; expected an empty list, is "
              + changes.stream().map(Named::typeName).toList());
    }
    backbone(config, data).ifPresent(problems::add);
    return problems;
  }

  private static Optional<String> check(AugmentationSpec change, ImageFormat format) {
    try {
      change.check(format);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(e.getMessage());
    }
  }

  /** Builds the backbone, unless that takes an engine and a file. */
  private static Optional<String> backbone(ExperimentConfig config, LabelledData data) {
    if (config.model().backbone().pretrainedFile().isPresent()) {
      return Optional.empty();
    }
    try {
      config.model().backbone().build(data.train().inputShape());
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of("model.backbone: " + e.getMessage());
    }
  }
}
