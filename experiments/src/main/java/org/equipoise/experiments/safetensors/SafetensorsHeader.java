package org.equipoise.experiments.safetensors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The header of a safetensors file: where which array lies.
 *
 * <p>A header is believed only if its arrays lie one after the other, from the first byte behind it
 * to the last of the file: none over another, none beyond the end, and no byte that is nobody's.
 *
 * <p>It is read without an engine, so that files of any size and of types that the engine cannot
 * decode are read as a stream.
 *
 * @param arrays the arrays by name, in the order of the header
 * @param metadata the texts under {@code __metadata__}
 * @see <a href="https://github.com/huggingface/safetensors">the format</a>
 */
public record SafetensorsHeader(Map<String, Place> arrays, Map<String, String> metadata) {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private static final String METADATA = "__metadata__";
  // The format's own limit. A damaged length would have a reader that trusts it allocate gigabytes.
  private static final long LONGEST = 100_000_000;

  /** Copies the maps. */
  public SafetensorsHeader {
    arrays = Collections.unmodifiableMap(new LinkedHashMap<>(arrays));
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  /**
   * Where an array lies.
   *
   * @param type its element type, one of the format's
   * @param shape the length of each axis, &gt;= 0
   * @param position its first byte, from the beginning of the file
   * @param bytes its length, as type and shape say it
   */
  public record Place(String type, List<Long> shape, long position, long bytes) {

    /** Copies the shape. */
    public Place {
      shape = List.copyOf(shape);
    }

    /**
     * Returns the number of elements.
     *
     * @return the product of the shape
     */
    public long elements() {
      return shape.contains(0L) ? 0 : shape.stream().reduce(1L, Math::multiplyExact);
    }
  }

  /**
   * Reads a header.
   *
   * @param file an existing file
   * @return what the file says of its arrays
   * @throws IOException if it is no safetensors file, is cut short, or its header does not describe
   *     its bytes
   */
  public static SafetensorsHeader read(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      return read(file, channel);
    }
  }

  /**
   * Reads a header.
   *
   * @param file the file's name, for messages
   * @param channel the open file; its position stays
   * @return what the file says of its arrays
   * @throws IOException if it is no safetensors file, is cut short, or its header does not describe
   *     its bytes
   */
  public static SafetensorsHeader read(Path file, FileChannel channel) throws IOException {
    return new HeaderReader(file, channel.size()).read(channel);
  }

  /**
   * Returns where an array lies.
   *
   * @param name the array's name
   * @return its place, if there is such an array
   */
  public Optional<Place> find(String name) {
    return Optional.ofNullable(arrays.get(name));
  }

  private record HeaderReader(Path file, long size) {

    SafetensorsHeader read(FileChannel channel) throws IOException {
      byte[] first = bytes(channel, 0, (int) Math.min(size, Long.BYTES + 1));
      Optional<String> foreign = ForeignFile.kind(first);
      if (foreign.isPresent()) {
        throw damaged("it looks like " + foreign.get());
      }
      if (size < Long.BYTES + 2) {
        throw damaged("has only " + size + " bytes");
      }
      long length = ByteBuffer.wrap(first).order(ByteOrder.LITTLE_ENDIAN).getLong();
      boolean isObject = first[Long.BYTES] == '{';
      boolean fits = length <= size - Long.BYTES;
      if (length < 2 || length > LONGEST || (!fits && !isObject)) {
        throw damaged("its header claims " + length + " bytes of a file of " + size);
      }
      if (!isObject) {
        throw damaged("its header is not a JSON object");
      }
      if (!fits) {
        throw damaged(
            String.format(
                "ends too early, within its header: has %d bytes; the header alone ends at %d",
                size, Long.BYTES + length));
      }
      return of(bytes(channel, Long.BYTES, (int) length));
    }

    private SafetensorsHeader of(byte[] json) throws IOException {
      JsonNode tree;
      try {
        tree = JSON.readTree(json);
      } catch (JsonProcessingException e) {
        throw damaged("its header is not JSON: " + e.getOriginalMessage());
      }
      long start = Long.BYTES + (long) json.length;
      Map<String, Place> arrays = new LinkedHashMap<>();
      Map<String, String> metadata = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> entry : tree.properties()) {
        if (entry.getKey().equals(METADATA)) {
          entry
              .getValue()
              .properties()
              .forEach(e -> metadata.put(e.getKey(), e.getValue().asText()));
        } else {
          arrays.put(entry.getKey(), place(entry.getKey(), entry.getValue(), start));
        }
      }
      requireOneAfterTheOther(arrays, start);
      return new SafetensorsHeader(arrays, metadata);
    }

    private Place place(String name, JsonNode array, long start) throws IOException {
      String type = array.path("dtype").asText();
      Optional<ElementType> known = ElementType.of(type);
      if (known.isEmpty()) {
        throw damaged(
            String.format(
                "array %s has type %s; expected one of %s",
                name, array.path("dtype"), ElementType.known()));
      }
      JsonNode axes = array.path("shape");
      List<Long> shape = new ArrayList<>();
      for (JsonNode axis : axes) {
        if (!isWhole(axis)) {
          throw damaged("array " + name + " has shape " + axes);
        }
        shape.add(axis.asLong());
      }
      if (!axes.isArray()) {
        throw damaged("array " + name + " has shape " + axes);
      }
      JsonNode offsets = array.path("data_offsets");
      long begin = isWhole(offsets.path(0)) ? offsets.path(0).asLong() : -1;
      long end = isWhole(offsets.path(1)) ? offsets.path(1).asLong() : -1;
      if (offsets.size() != 2 || begin < 0 || end < begin) {
        throw damaged("array " + name + " has offsets " + offsets);
      }
      if (!known.get().takes(shape, end - begin)) {
        throw damaged(
            end > size - start
                ? outside(name, begin, end, size - start)
                : String.format(
                    "array %s has shape %s and type %s, but %d bytes",
                    name, axes, type, end - begin));
      }
      return new Place(type, shape, start + begin, end - begin);
    }

    private static boolean isWhole(JsonNode number) {
      return number.isIntegralNumber() && number.canConvertToLong() && number.asLong() >= 0;
    }

    // The sum of all lengths alone would let one array show another's bytes.
    private void requireOneAfterTheOther(Map<String, Place> arrays, long start) throws IOException {
      List<Map.Entry<String, Place>> sorted = new ArrayList<>(arrays.entrySet());
      sorted.sort(
          Comparator.comparingLong((Map.Entry<String, Place> one) -> one.getValue().position())
              .thenComparingLong(one -> one.getValue().bytes()));
      long available = size - start;
      long at = 0;
      String before = "";
      for (Map.Entry<String, Place> one : sorted) {
        long begin = one.getValue().position() - start;
        long end = begin + one.getValue().bytes();
        if (begin < at) {
          throw damaged(
              String.format(
                  "arrays %s and %s overlap: one ends at byte %d, the other begins at byte %d",
                  before, one.getKey(), at, begin));
        }
        if (begin > at) {
          throw damaged(
              end > available
                  ? outside(one.getKey(), begin, end, available)
                  : String.format(
                      "bytes %d to %d, before array %s, belong to no array",
                      at, begin, one.getKey()));
        }
        at = end;
        before = one.getKey();
      }
      if (at > available) {
        throw damaged(
            String.format(
                "ends too early: has %d bytes; by its header, expected %d", size, start + at));
      }
      if (at < available) {
        throw damaged("its header describes " + at + " bytes, but " + available + " follow");
      }
    }

    private static String outside(String name, long begin, long end, long available) {
      return String.format(
          "array %s has offsets [%d,%d], and %d bytes follow the header",
          name, begin, end, available);
    }

    private byte[] bytes(FileChannel channel, long position, int length) throws IOException {
      ByteBuffer bytes = ByteBuffer.allocate(length);
      while (bytes.hasRemaining()) {
        if (channel.read(bytes, position + bytes.position()) < 0) {
          throw new IOException(file + ": became shorter while it was read");
        }
      }
      return bytes.array();
    }

    private IOException damaged(String what) {
      return new IOException(file + ": not a sound safetensors file: " + what);
    }
  }
}
