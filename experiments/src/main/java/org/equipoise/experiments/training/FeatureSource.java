package org.equipoise.experiments.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntConsumer;
import org.equipoise.api.data.Examples;
import org.equipoise.api.method.ModelPart;
import org.equipoise.experiments.data.StagedExamples;
import org.equipoise.experiments.files.Sha256;
import org.equipoise.experiments.models.NamedParameter;
import org.equipoise.experiments.models.Network;

/**
 * A split as a backbone sees it that stays as it is.
 *
 * @param task the stage; of it backbone, treatment of images and data count
 * @param network the backbone with its weights
 * @param split the name of the split
 * @param examples the split
 * @param view what its images look like
 */
record FeatureSource(StageTask task, Network network, String split, Examples examples, View view) {

  /** Returns the shape of the features of some examples. */
  Shape shape(int from, int end) {
    return new Shape(end - from, network.featureWidth());
  }

  /** Returns all that the features follow from, code and machine apart: a line each. */
  String content() {
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("backbone", task.model().backbone());
    parts.put("weights", weights());
    parts.put("input", task.model().input());
    parts.put("data", task.data().fingerprints());
    parts.put("split", split + " of " + examples.size());
    parts.put("view", view);
    parts.put("batch", OrderedBatches.SIZE);
    StringBuilder lines = new StringBuilder();
    parts.forEach((what, value) -> lines.append(what).append(": ").append(value).append('\n'));
    return lines.toString();
  }

  // The whole of a stage's weights has a hash already, but that of its head does not matter here.
  private String weights() {
    MessageDigest digest = Sha256.digest();
    for (NamedParameter named : network.parameters()) {
      if (named.part() == ModelPart.BACKBONE) {
        NDArray array = named.parameter().getArray();
        String header = named.name() + array.getShape() + array.getDataType();
        digest.update(header.getBytes(StandardCharsets.UTF_8));
        digest.update(array.toByteArray());
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /**
   * Computes the features of some examples.
   *
   * @param manager the manager that owns the result
   * @param staged the split, ready to be gathered from
   * @param from the first example, at which a batch begins
   * @param end the example after the last, at which a batch ends
   * @param done is told after each batch but the last up to which example features are computed
   * @return (end - from, D), float32
   */
  NDArray compute(NDManager manager, StagedExamples staged, int from, int end, IntConsumer done) {
    Shape shape = shape(from, end);
    float[] values = new float[Math.toIntExact(shape.size())];
    int[] filled = {0};
    OrderedBatches.forEach(
        manager,
        network,
        staged,
        view,
        from / OrderedBatches.SIZE,
        (end + OrderedBatches.SIZE - 1) / OrderedBatches.SIZE,
        batch -> {
          float[] some = network.infer(batch.inputs()).features().toFloatArray();
          System.arraycopy(some, 0, values, filled[0], some.length);
          filled[0] += some.length;
          if (filled[0] < values.length) {
            done.accept(from + filled[0] / Math.toIntExact(shape.get(1)));
          }
        });
    return manager.create(values, shape);
  }
}
