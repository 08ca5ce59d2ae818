package org.equipoise.experiments.checkpoint;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
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
   * @throws IOException if it cannot be read, or its header does not describe its bytes
   */
  public static Map<String, NDArray> read(NDManager manager, Path file) throws IOException {
    TensorHeader header = TensorHeader.read(file);
    byte[] bytes = Files.readAllBytes(file);
    Map<String, NDArray> arrays = new LinkedHashMap<>();
    for (Map.Entry<String, TensorHeader.Entry> entry : header.arrays().entrySet()) {
      NDArray array = array(manager, bytes, header.dataStart(), entry.getValue());
      array.setName(entry.getKey());
      arrays.put(entry.getKey(), array);
    }
    return arrays;
  }

  // Widened here, so that nothing depends on which of these types the engine can cast.
  private static NDArray array(
      NDManager manager, byte[] bytes, long dataStart, TensorHeader.Entry entry) {
    ByteBuffer buffer =
        ByteBuffer.wrap(
                bytes,
                Math.toIntExact(dataStart + entry.start()),
                Math.toIntExact(entry.end() - entry.start()))
            .order(ByteOrder.LITTLE_ENDIAN);
    return switch (entry.type()) {
      case FLOAT16 -> manager.create(HalfFloats.binary16(buffer), entry.shape());
      case BFLOAT16 -> manager.create(HalfFloats.bfloat16(buffer), entry.shape());
      default -> manager.create(buffer, entry.shape(), entry.type());
    };
  }

  /**
   * Reads names and shapes alone.
   *
   * @param file an existing file
   * @return the shapes by name, in the order of the file's header
   * @throws IOException if it cannot be read, or its header does not describe its bytes
   */
  public static Map<String, Shape> shapes(Path file) throws IOException {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    TensorHeader.read(file).arrays().forEach((name, entry) -> shapes.put(name, entry.shape()));
    return shapes;
  }
}
