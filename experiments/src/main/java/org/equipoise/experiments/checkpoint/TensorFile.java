package org.equipoise.experiments.checkpoint;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
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

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

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
   * @return the arrays by name, in the order of the file's header
   * @throws IOException if it cannot be read, or its header does not describe its bytes
   */
  public static Map<String, NDArray> read(NDManager manager, Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    validate(file, bytes);
    Map<String, NDArray> arrays = new LinkedHashMap<>();
    for (NDArray array : NDList.decode(manager, bytes)) {
      arrays.put(array.getName(), array);
    }
    return arrays;
  }

  // The decoder trusts the header: a damaged length would have it allocate gigabytes.
  private static void validate(Path file, byte[] bytes) throws IOException {
    if (bytes.length < Long.BYTES + 2) {
      throw damaged(file, "has only " + bytes.length + " bytes");
    }
    long length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (length < 2 || length > bytes.length - Long.BYTES) {
      throw damaged(file, "its header claims " + length + " bytes of a file of " + bytes.length);
    }
    JsonNode header;
    try {
      header = JSON.readTree(bytes, Long.BYTES, (int) length);
    } catch (JsonProcessingException e) {
      throw damaged(file, "its header is not JSON: " + e.getOriginalMessage());
    }
    if (!header.isObject() || bytes[Long.BYTES] != '{') {
      throw damaged(file, "its header is not a JSON object");
    }
    long available = bytes.length - Long.BYTES - length;
    long described = 0;
    for (Map.Entry<String, JsonNode> entry : header.properties()) {
      if (!"__metadata__".equals(entry.getKey())) {
        described += sizeOf(file, entry.getKey(), entry.getValue(), available);
      }
    }
    if (described != available) {
      throw damaged(
          file, "its header describes " + described + " bytes, but " + available + " follow");
    }
  }

  private static long sizeOf(Path file, String name, JsonNode tensor, long available)
      throws IOException {
    JsonNode offsets = tensor.path("data_offsets");
    long start = offsets.path(0).asLong(-1);
    long end = offsets.path(1).asLong(-1);
    if (offsets.size() != 2 || start < 0 || end < start || end > available) {
      throw damaged(file, "array " + name + " has offsets " + offsets);
    }
    long size;
    try {
      size = DataType.fromSafetensors(tensor.path("dtype").asText()).getNumOfBytes();
    } catch (IllegalArgumentException e) {
      throw damaged(file, "array " + name + " has type " + tensor.path("dtype"));
    }
    for (JsonNode axis : tensor.path("shape")) {
      if (!axis.isIntegralNumber() || axis.asLong() < 0) {
        throw damaged(file, "array " + name + " has shape " + tensor.path("shape"));
      }
      size *= axis.asLong();
    }
    if (!tensor.path("shape").isArray() || size != end - start) {
      throw damaged(
          file,
          "array "
              + name
              + " has shape "
              + tensor.path("shape")
              + " but "
              + (end - start)
              + " bytes");
    }
    return size;
  }

  private static IOException damaged(Path file, String what) {
    return new IOException(file + ": not a sound safetensors file: " + what);
  }
}
