package org.equipoise.experiments.classifier;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.equipoise.experiments.json.Json;

/**
 * The study that decides which method is kept: softmax against Balanced Softmax, one seed, all else
 * equal.
 */
final class ComparisonStudy {

  static final String FILE = "study.json";
  static final String SOFTMAX = "softmax";
  static final String BALANCED_SOFTMAX = "balanced-softmax";

  private static final int BATCH = 64;

  /** Up to this size the CIFAR network is taken, which keeps more of a small image. */
  private static final int SMALL = 96;

  private final ObjectNode study = JsonNodeFactory.instance.objectNode();

  private ComparisonStudy() {}

  /** Describes the study of a network that is trained from scratch. */
  static ComparisonStudy ofImages(
      BackboneChoice network, ObjectNode dataset, int size, int epochs, ClassifierRequest request) {
    ComparisonStudy study = new ComparisonStudy();
    study.begin(dataset, request);
    ObjectNode backbone = study.study.putObject("model").putObject("backbone");
    boolean residual = network == BackboneChoice.RESNET;
    if (residual && size > SMALL) {
      backbone.put(Json.TYPE, "resnet").put("depth", 18);
    } else if (residual) {
      backbone.put(Json.TYPE, "cifar-resnet").put("depth", 20);
    } else {
      backbone.put(Json.TYPE, "small-cnn");
      if (size > SMALL / 2) {
        // One halving more, so that the last map is no larger than that of a small image.
        ArrayNode widths = backbone.putArray("widths");
        widths.add(16).add(32).add(64).add(128);
      }
    }
    ObjectNode training = study.training(epochs, size);
    training
        .putObject("optimizer")
        .put(Json.TYPE, "sgd")
        .put("learningRate", 0.05)
        .put("momentum", 0.9)
        .put("weightDecay", 5.0e-4);
    ArrayNode augmentation = training.putArray("augmentation");
    augmentation.addObject().put(Json.TYPE, "pad-crop").put("padding", Math.max(1, size / 8));
    augmentation.addObject().put(Json.TYPE, "horizontal-flip");
    return study;
  }

  /** Describes the study of heads on features. */
  static ComparisonStudy ofFeatures(ObjectNode dataset, int epochs, ClassifierRequest request) {
    ComparisonStudy study = new ComparisonStudy();
    study.begin(dataset, request);
    study.study.putObject("model").putObject("backbone").put(Json.TYPE, "identity");
    study
        .training(epochs, 0)
        .putObject("optimizer")
        .put(Json.TYPE, "adamw")
        .put("learningRate", 1.0e-3);
    return study;
  }

  private void begin(ObjectNode dataset, ClassifierRequest request) {
    study.put("name", "classifier");
    study.set("dataset", dataset);
    study.put("threads", request.threads());
    study.putArray("seeds").add(request.seed());
    study.put("baseline", SOFTMAX);
    ArrayNode arms = study.putArray("arms");
    arm(arms, SOFTMAX, "cross-entropy");
    arm(arms, BALANCED_SOFTMAX, "balanced-softmax");
  }

  private static void arm(ArrayNode arms, String id, String loss) {
    arms.addObject().put("id", id).putObject("method").putObject("loss").put(Json.TYPE, loss);
  }

  private ObjectNode training(int epochs, int size) {
    ObjectNode training = study.putObject("training");
    training.put("epochs", epochs).put("batchSize", BATCH);
    ObjectNode schedule = training.putObject("schedule").put(Json.TYPE, "cosine");
    if (size > 0 && epochs > 1) {
      schedule.put("warmupEpochs", 1);
    }
    return training;
  }

  String text() {
    return study.toPrettyString() + "\n";
  }
}
