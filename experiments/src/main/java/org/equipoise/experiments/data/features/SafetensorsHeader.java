package org.equipoise.experiments.data.features;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The header of a safetensors file: where which array lies.
 *
 * <p>It is read without an engine, so that files of any size and of types that the engine cannot
 * decode are read as a stream.
 *
 * @param arrays the arrays by name
 * @param metadata the texts under {@code __metadata__}
 * @see <a href="https://github.com/huggingface/safetensors">the format</a>
 */
record SafetensorsHeader(Map<String, Place> arrays, Map<String, String> metadata) {

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private static final String METADATA = "__metadata__";
  // The format's own limit.
  private static final long LONGEST = 100_000_000;

  /**
   * Where an array lies.
   *
   * @param type its element type, as the header says it
   * @param shape the length of each axis
   * @param position its first byte, from the beginning of the file
   * @param bytes its length
   */
  record Place(String type, List<Long> shape, long position, long bytes) {

    /** Returns the number of elements, or -1 if it exceeds a long. */
    long elements() {
      long product = 1;
      try {
        for (long length : shape) {
          product = Math.multiplyExact(product, length);
        }
      } catch (ArithmeticException e) {
        return -1;
      }
      return product;
    }
  }

  /**
   * Reads a header.
   *
   * @param file the file's name, for messages
   * @param channel the open file
   * @throws IOException if it is no safetensors file, or is cut short
   */
  static SafetensorsHeader read(Path file, FileChannel channel) throws IOException {
    long size = channel.size();
    if (size < Long.BYTES + 2) {
      throw damaged(file, "has only " + size + " bytes");
    }
    long length = bytes(channel, 0, Long.BYTES).getLong();
    if (length < 2 || length > Math.min(LONGEST, size - Long.BYTES)) {
      throw damaged(file, "its header claims " + length + " bytes of a file of " + size);
    }
    JsonNode tree;
    try {
      tree = JSON.readTree(bytes(channel, Long.BYTES, (int) length).array());
    } catch (JsonProcessingException e) {
      throw damaged(file, "its header is not JSON: " + e.getOriginalMessage());
    }
    if (!tree.isObject()) {
      throw damaged(file, "its header is not a JSON object");
    }
    long start = Long.BYTES + length;
    Map<String, Place> arrays = new LinkedHashMap<>();
    Map<String, String> metadata = new LinkedHashMap<>();
    long described = 0;
    for (Map.Entry<String, JsonNode> entry : tree.properties()) {
      if (entry.getKey().equals(METADATA)) {
        entry.getValue().properties().forEach(e -> metadata.put(e.getKey(), e.getValue().asText()));
      } else {
        Place place = place(file, entry.getKey(), entry.getValue(), start, size);
        arrays.put(entry.getKey(), place);
        described += place.bytes();
      }
    }
    if (described != size - start) {
      throw damaged(
          file, "its header describes " + described + " bytes, but " + (size - start) + " follow");
    }
    return new SafetensorsHeader(arrays, metadata);
  }

  private static Place place(Path file, String name, JsonNode array, long start, long size)
      throws IOException {
    JsonNode offsets = array.path("data_offsets");
    long begin = offsets.path(0).asLong(-1);
    long end = offsets.path(1).asLong(-1);
    if (offsets.size() != 2 || begin < 0 || end < begin || end > size - start) {
      throw damaged(
          file,
          "array "
              + name
              + " has offsets "
              + offsets
              + ", and "
              + (size - start)
              + " bytes follow the header");
    }
    List<Long> shape = new ArrayList<>();
    for (JsonNode axis : array.path("shape")) {
      if (!axis.isIntegralNumber() || axis.asLong() < 0) {
        throw damaged(file, "array " + name + " has shape " + array.path("shape"));
      }
      shape.add(axis.asLong());
    }
    return new Place(array.path("dtype").asText(), shape, start + begin, end - begin);
  }

  private static ByteBuffer bytes(FileChannel channel, long position, int length)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, position + bytes.position()) < 0) {
        throw new IOException("became shorter while it was read");
      }
    }
    return bytes.flip();
  }

  static IOException damaged(Path file, String what) {
    return new IOException(file + ": not a sound safetensors file: " + what);
  }

  /** Returns where an array lies. */
  Optional<Place> find(String name) {
    return Optional.ofNullable(arrays.get(name));
  }
}
