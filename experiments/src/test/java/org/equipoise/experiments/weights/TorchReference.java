package org.equipoise.experiments.weights;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a network of PyTorch said, with weights that follow from a formula; see {@code reference.py}
 * beside the numbers.
 */
record TorchReference(int side, double gain, Map<String, Shape> state, double[] logits) {

  static final int CLASSES = 5;

  static TorchReference of(String name) {
    try (InputStream in = TorchReference.class.getResourceAsStream("reference.json")) {
      JsonNode found = new ObjectMapper().readTree(in).get(name);
      Map<String, Shape> state = new LinkedHashMap<>();
      found
          .get("state")
          .properties()
          .forEach(entry -> state.put(entry.getKey(), shape(entry.getValue())));
      double[] logits = new double[found.get("logits").size()];
      for (int i = 0; i < logits.length; i++) {
        logits[i] = found.get("logits").get(i).asDouble();
      }
      return new TorchReference(
          found.get("side").asInt(), found.get("gain").asDouble(), state, logits);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Shape shape(JsonNode sides) {
    long[] shape = new long[sides.size()];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = sides.get(i).asLong();
    }
    return new Shape(shape);
  }

  /** Returns the whole state dict. */
  Map<String, NDArray> weights(NDManager manager) {
    Map<String, NDArray> weights = new TreeMap<>();
    state.forEach(
        (name, shape) -> {
          if (!name.endsWith("num_batches_tracked")) {
            weights.put(name, manager.zeros(new Shape(1)));
          }
        });
    int offset = 0;
    for (Map.Entry<String, NDArray> entry : weights.entrySet()) {
      Shape shape = state.get(entry.getKey());
      entry.setValue(manager.create(values(entry.getKey(), shape, offset++), shape));
    }
    state.forEach((name, shape) -> weights.computeIfAbsent(name, missing -> manager.create(41L)));
    return weights;
  }

  /** Returns the two images. */
  NDArray images(NDManager manager) {
    double[] drawn = numbers(0, 2 * 3 * side * side);
    float[] pixels = new float[drawn.length];
    for (int i = 0; i < pixels.length; i++) {
      // The second image is brighter to the right.
      double ramp = i < pixels.length / 2 ? 0 : 3.0 * (i % side) / side;
      pixels[i] = (float) ((drawn[i] - 0.5) * 4 + ramp);
    }
    return manager.create(pixels, new Shape(2, 3, side, side));
  }

  private float[] values(String name, Shape shape, int offset) {
    double[] drawn = numbers(offset, (int) shape.size());
    float[] values = new float[drawn.length];
    for (int i = 0; i < values.length; i++) {
      if (shape.dimension() > 1) {
        double fanIn = (double) shape.size() / shape.get(0);
        values[i] = (float) ((drawn[i] - 0.5) * Math.sqrt(24 / fanIn));
      } else if (name.endsWith("running_var")) {
        values[i] = (float) (drawn[i] + 0.5);
      } else if (name.endsWith("weight")) {
        values[i] = (float) (drawn[i] / 5 + gain);
      } else {
        values[i] = (float) (drawn[i] - 0.5);
      }
    }
    return values;
  }

  private static double[] numbers(long offset, int size) {
    double[] numbers = new double[size];
    for (int i = 0; i < size; i++) {
      numbers[i] = ((i * 7919L + i / 1009 * 31L + offset * 104729) % 1009) / 1009.0;
    }
    return numbers;
  }
}
