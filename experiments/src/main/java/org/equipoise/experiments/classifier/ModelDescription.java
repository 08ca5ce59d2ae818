package org.equipoise.experiments.classifier;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.equipoise.api.model.BackboneSpec;
import org.equipoise.api.model.HeadSpec;

/**
 * All there is to know of a trained model but its weights.
 *
 * @param format the version of this description
 * @param classes the names of the classes, by class id
 * @param trainCounts how many images of each were trained on
 * @param backbone from inputs to features
 * @param head from features to logits
 * @param input how an image becomes an input
 * @param weightsSha256 SHA-256 (hex) of the weights' file
 * @param method the arm of the comparison that was kept
 * @param prior the class prior that its probabilities are for
 * @param comparison what decided
 * @param test how the model does on the folder's test split, if there is one
 * @param training how it was trained
 * @param data fingerprints of what it was trained on and compared on
 * @param pretrained what was trained before, if anything
 */
public record ModelDescription(
    int format,
    List<String> classes,
    List<Long> trainCounts,
    BackboneSpec backbone,
    HeadSpec head,
    ModelInput input,
    String weightsSha256,
    String method,
    Prior prior,
    Comparison comparison,
    Optional<Figures> test,
    Training training,
    SortedMap<String, String> data,
    Optional<String> pretrained) {

  /** The name of a description's file in the folder of its model. */
  public static final String FILE = "model.json";

  /** The name of the weights' file in the folder of its model. */
  public static final String WEIGHTS = "weights.safetensors";

  static final int FORMAT = 1;

  /** Copies the collections; checks the version and that there is a count for each class. */
  public ModelDescription {
    classes = List.copyOf(classes);
    trainCounts = List.copyOf(trainCounts);
    data = Collections.unmodifiableSortedMap(new TreeMap<>(data));
    if (format != FORMAT) {
      throw new IllegalArgumentException("format: expected " + FORMAT + ", is " + format);
    }
    if (classes.size() != trainCounts.size()) {
      throw new IllegalArgumentException(
          "trainCounts: expected one for each of "
              + classes.size()
              + " classes, are "
              + trainCounts.size());
    }
  }

  ModelDescription withTest(Figures figures) {
    return new ModelDescription(
        format,
        classes,
        trainCounts,
        backbone,
        head,
        input,
        weightsSha256,
        method,
        prior,
        comparison,
        Optional.of(figures),
        training,
        data,
        pretrained);
  }

  /** A class prior. */
  public enum Prior {
    /** That of the training images: frequent classes are likelier from the outset. */
    TRAIN,
    /** Every class as likely as any other. */
    UNIFORM
  }

  /**
   * How the methods compared.
   *
   * @param heldOut what they were compared on: the split val, or a part of train
   * @param arms each method, in the order in which they were run
   * @param lead by how much the kept one's balanced accuracy exceeds the next one's, &gt;= 0
   */
  public record Comparison(String heldOut, List<Arm> arms, double lead) {

    /** Copies the list. */
    public Comparison {
      arms = List.copyOf(arms);
    }
  }

  /**
   * A method that was compared.
   *
   * @param id its name
   * @param figures how it did on what was held out
   */
  public record Arm(String id, Figures figures) {}

  /**
   * How well a model does.
   *
   * @param images how many images that was measured on
   * @param balancedAccuracy the mean recall of the classes that have images there, in [0, 1]
   * @param accuracy the share of images that are classified right, in [0, 1]
   */
  public record Figures(int images, double balancedAccuracy, double accuracy) {}

  /**
   * How a model was trained.
   *
   * @param epochs passes over the training images
   * @param seed the seed of all randomness
   * @param threads engine threads
   * @param engine engine and version
   */
  public record Training(int epochs, long seed, int threads, String engine) {}
}
