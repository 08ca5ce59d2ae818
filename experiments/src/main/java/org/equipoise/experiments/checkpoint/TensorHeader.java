package org.equipoise.experiments.checkpoint;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The header of a safetensors file, after it was found to describe the file's bytes.
 *
 * @param dataStart where the arrays begin, in bytes from the start of the file
 * @param arrays what lies where, by name, in the order of the header
 */
record TensorHeader(long dataStart, Map<String, Entry> arrays) {

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /**
   * One array.
   *
   * @param start its first byte, from the start of the arrays
   * @param end the byte after its last
   */
  record Entry(DataType type, Shape shape, long start, long end) {}

  // A damaged length would have a decoder that trusts it allocate gigabytes.
  static TensorHeader read(Path file) throws IOException {
    long size = Files.size(file);
    if (size < Long.BYTES + 2) {
      throw damaged(file, "has only " + size + " bytes");
    }
    try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
      long length =
          ByteBuffer.wrap(in.readNBytes(Long.BYTES)).order(ByteOrder.LITTLE_ENDIAN).getLong();
      if (length < 2 || length > size - Long.BYTES) {
        throw damaged(file, "its header claims " + length + " bytes of a file of " + size);
      }
      return of(file, in.readNBytes(Math.toIntExact(length)), size);
    }
  }

  private static TensorHeader of(Path file, byte[] bytes, long size) throws IOException {
    JsonNode header;
    try {
      header = JSON.readTree(bytes);
    } catch (JsonProcessingException e) {
      throw damaged(file, "its header is not JSON: " + e.getOriginalMessage());
    }
    if (!header.isObject() || bytes[0] != '{') {
      throw damaged(file, "its header is not a JSON object");
    }
    long dataStart = Long.BYTES + (long) bytes.length;
    long available = size - dataStart;
    Map<String, Entry> arrays = new LinkedHashMap<>();
    long described = 0;
    for (Map.Entry<String, JsonNode> entry : header.properties()) {
      if (!"__metadata__".equals(entry.getKey())) {
        Entry array = entry(file, entry.getKey(), entry.getValue(), available);
        arrays.put(entry.getKey(), array);
        described += array.end() - array.start();
      }
    }
    if (described != available) {
      throw damaged(
          file, "its header describes " + described + " bytes, but " + available + " follow");
    }
    return new TensorHeader(dataStart, arrays);
  }

  private static Entry entry(Path file, String name, JsonNode tensor, long available)
      throws IOException {
    JsonNode offsets = tensor.path("data_offsets");
    long start = offsets.path(0).asLong(-1);
    long end = offsets.path(1).asLong(-1);
    if (offsets.size() != 2 || start < 0 || end < start || end > available) {
      throw damaged(file, "array " + name + " has offsets " + offsets);
    }
    DataType type;
    try {
      type = DataType.fromSafetensors(tensor.path("dtype").asText());
    } catch (IllegalArgumentException e) {
      throw damaged(file, "array " + name + " has type " + tensor.path("dtype"));
    }
    JsonNode shape = tensor.path("shape");
    long[] sides = new long[shape.size()];
    long size = type.getNumOfBytes();
    for (int i = 0; i < sides.length; i++) {
      if (!shape.get(i).isIntegralNumber() || shape.get(i).asLong() < 0) {
        throw damaged(file, "array " + name + " has shape " + shape);
      }
      sides[i] = shape.get(i).asLong();
      size *= sides[i];
    }
    if (!shape.isArray() || size != end - start) {
      throw damaged(
          file, "array " + name + " has shape " + shape + " but " + (end - start) + " bytes");
    }
    return new Entry(type, new Shape(sides), start, end);
  }

  private static IOException damaged(Path file, String what) {
    return new IOException(file + ": not a sound safetensors file: " + what);
  }
}
