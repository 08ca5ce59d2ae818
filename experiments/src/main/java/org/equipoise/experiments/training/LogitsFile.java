package org.equipoise.experiments.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.equipoise.api.metric.Predictions;
import org.equipoise.experiments.checkpoint.TensorFile;

/**
 * Stored predictions: a safetensors file of {@code logits}, float32 (N, C), and {@code labels},
 * int64 (N).
 */
public final class LogitsFile {

  private LogitsFile() {}

  /**
   * Writes predictions, replacing the file at once.
   *
   * @param file the final name; its folder exists
   * @param predictions what to write
   * @return SHA-256 (hex) of the file
   * @throws IOException if it cannot be written
   */
  public static String write(Path file, Predictions predictions) throws IOException {
    try (NDManager manager = NDManager.newBaseManager()) {
      Map<String, NDArray> arrays = new LinkedHashMap<>();
      arrays.put(
          "logits",
          manager.create(
              predictions.logits(), new Shape(predictions.size(), predictions.classes())));
      arrays.put(
          "labels", manager.create(Arrays.stream(predictions.labels()).asLongStream().toArray()));
      return TensorFile.write(file, arrays);
    }
  }

  /**
   * Reads predictions.
   *
   * @param file a file that {@link #write} wrote
   * @return the predictions
   * @throws IOException if it cannot be read or holds something else
   */
  public static Predictions read(Path file) throws IOException {
    try (NDManager manager = NDManager.newBaseManager()) {
      Map<String, NDArray> arrays = TensorFile.read(manager, file);
      NDArray logits = arrays.get("logits");
      NDArray labels = arrays.get("labels");
      if (logits == null
          || labels == null
          || logits.getDataType() != DataType.FLOAT32
          || labels.getDataType() != DataType.INT64
          || logits.getShape().dimension() != 2
          || !labels.getShape().equals(logits.getShape().slice(0, 1))) {
        throw new IOException(
            file
                + ": holds "
                + arrays.keySet()
                + "; expected logits, float32 (N, C), and labels, int64 (N)");
      }
      return new Predictions(
          logits.toFloatArray(),
          (int) logits.getShape().get(1),
          Arrays.stream(labels.toLongArray()).mapToInt(Math::toIntExact).toArray());
    }
  }
}
