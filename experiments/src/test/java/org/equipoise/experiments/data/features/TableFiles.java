package org.equipoise.experiments.data.features;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Writes safetensors files of tables, sound and broken ones, byte by byte. */
final class TableFiles {

  private TableFiles() {}

  /** Writes a table of float32 features and int64 labels. */
  static void write(Path file, float[][] features, long... labels) throws IOException {
    write(file, "F32", "I64", "", features, labels);
  }

  /**
   * Writes a table.
   *
   * @param metadata class names as a JSON list, or nothing
   */
  static void write(
      Path file,
      String floats,
      String integers,
      String metadata,
      float[][] features,
      long... labels)
      throws IOException {
    int width = features[0].length;
    int floatBytes = floats.equals("F32") ? 4 : 2;
    int integerBytes = Integer.parseInt(integers.substring(1)) / 8;
    int middle = features.length * width * floatBytes;
    int end = middle + labels.length * integerBytes;
    String names =
        metadata.isEmpty()
            ? ""
            : "\"__metadata__\":{\"class_names\":\"" + metadata.replace("\"", "\\\"") + "\"},";
    String header =
        String.format(
            "{%s\"features\":{\"dtype\":\"%s\",\"shape\":[%d,%d],\"data_offsets\":[0,%d]},"
                + "\"labels\":{\"dtype\":\"%s\",\"shape\":[%d],\"data_offsets\":[%d,%d]}}",
            names, floats, features.length, width, middle, integers, labels.length, middle, end);
    raw(
        file,
        header,
        end,
        data -> {
          for (float[] row : features) {
            for (float value : row) {
              put(data, floats, value);
            }
          }
          for (long label : labels) {
            put(data, integerBytes, label);
          }
        });
  }

  /** Writes a header and some bytes behind it. */
  static void raw(Path file, String header, int bytes, Consumer<ByteBuffer> data)
      throws IOException {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer content =
        ByteBuffer.allocate(Long.BYTES + text.length + bytes).order(ByteOrder.LITTLE_ENDIAN);
    content.putLong(text.length).put(text);
    data.accept(content);
    Files.write(file, content.array());
  }

  private static void put(ByteBuffer data, String type, float value) {
    int bits = Float.floatToRawIntBits(value);
    switch (type) {
      case "F32" -> data.putFloat(value);
      case "BF16" -> data.putShort((short) (bits >>> 16));
      // Right for normal numbers of few digits.
      case "F16" -> {
        int sign = (bits >>> 16) & 0x8000;
        int exponent = (((bits >>> 23) & 0xff) - 112) << 10;
        int fraction = (bits >>> 13) & 0x3ff;
        data.putShort((short) (sign | exponent | fraction));
      }
      default -> throw new IllegalArgumentException(type);
    }
  }

  private static void put(ByteBuffer data, int bytes, long value) {
    switch (bytes) {
      case 1 -> data.put((byte) value);
      case 2 -> data.putShort((short) value);
      case 4 -> data.putInt((int) value);
      default -> data.putLong(value);
    }
  }
}
