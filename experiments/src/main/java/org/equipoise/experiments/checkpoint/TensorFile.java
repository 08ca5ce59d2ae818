package org.equipoise.experiments.checkpoint;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.equipoise.experiments.files.DurableFiles;
import org.equipoise.experiments.files.Sha256;
import org.equipoise.experiments.safetensors.SafetensorsHeader;
import org.equipoise.experiments.safetensors.SafetensorsHeader.Place;

/**
 * Named arrays in a file of the safetensors format.
 *
 * <p>The same arrays under the same names in the same order give the same bytes.
 *
 * @see <a href="https://github.com/huggingface/safetensors">the format</a>
 */
public final class TensorFile {

  private TensorFile() {}

  /**
   * Writes arrays, replacing the file at once.
   *
   * @param file the final name; its folder exists
   * @param arrays the arrays by name, of at most 2 GB in all
   * @return SHA-256 (hex) of the file
   * @throws IOException if it cannot be written
   */
  public static String write(Path file, Map<String, NDArray> arrays) throws IOException {
    DurableFiles.write(file, content(arrays));
    return Sha256.of(file);
  }

  static DurableFiles.Content content(Map<String, NDArray> arrays) {
    return out -> {
      try (NDManager scratch = NDManager.newBaseManager()) {
        NDList named = new NDList(arrays.size());
        for (Map.Entry<String, NDArray> entry : arrays.entrySet()) {
          // Another handle on the same memory, so that the caller's array keeps its own name.
          NDArray alias = entry.getValue().stopGradient();
          alias.attach(scratch);
          alias.setName(entry.getKey());
          named.add(alias);
        }
        named.encode(out, NDList.Encoding.SAFETENSORS);
      }
    };
  }

  /**
   * Reads all arrays of a file.
   *
   * @param manager the manager that owns the arrays
   * @param file an existing file, of at most 2 GB
   * @return the arrays by name, in the order of the file's header; those of 16-bit floating-point
   *     numbers are widened to float32, which loses nothing
   * @throws IOException if it cannot be read, its header does not describe its bytes, or it has
   *     numbers of a type that no engine has
   */
  public static Map<String, NDArray> read(NDManager manager, Path file) throws IOException {
    SafetensorsHeader header = SafetensorsHeader.read(file);
    Map<String, DataType> types = types(file, header);
    byte[] bytes = Files.readAllBytes(file);
    Map<String, NDArray> arrays = new LinkedHashMap<>();
    types.forEach(
        (name, type) -> {
          NDArray array = array(manager, bytes, type, header.arrays().get(name));
          array.setName(name);
          arrays.put(name, array);
        });
    return arrays;
  }

  // Widened here, so that nothing depends on which of these types the engine can cast.
  private static NDArray array(NDManager manager, byte[] bytes, DataType type, Place place) {
    ByteBuffer buffer =
        ByteBuffer.wrap(bytes, Math.toIntExact(place.position()), Math.toIntExact(place.bytes()))
            .order(ByteOrder.LITTLE_ENDIAN);
    return switch (type) {
      case FLOAT16 -> manager.create(HalfFloats.binary16(buffer), shape(place));
      case BFLOAT16 -> manager.create(HalfFloats.bfloat16(buffer), shape(place));
      default -> manager.create(buffer, shape(place), type);
    };
  }

  private static Map<String, DataType> types(Path file, SafetensorsHeader header)
      throws IOException {
    Map<String, DataType> types = new LinkedHashMap<>();
    for (Map.Entry<String, Place> entry : header.arrays().entrySet()) {
      String type = entry.getValue().type();
      try {
        types.put(entry.getKey(), DataType.fromSafetensors(type));
      } catch (IllegalArgumentException e) {
        throw new IOException(
            file + ": array " + entry.getKey() + " has type " + type + ", which is not read here",
            e);
      }
    }
    return types;
  }

  private static Shape shape(Place place) {
    return new Shape(place.shape());
  }

  /**
   * Reads names and shapes alone.
   *
   * @param file an existing file
   * @return the shapes by name, in the order of the file's header
   * @throws IOException if it cannot be read, its header does not describe its bytes, or it has
   *     numbers of a type that no engine has
   */
  public static Map<String, Shape> shapes(Path file) throws IOException {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    SafetensorsHeader header = SafetensorsHeader.read(file);
    types(file, header).keySet().forEach(n -> shapes.put(n, shape(header.arrays().get(n))));
    return shapes;
  }
}
