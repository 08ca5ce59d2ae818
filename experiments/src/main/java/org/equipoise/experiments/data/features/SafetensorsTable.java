package org.equipoise.experiments.data.features;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.equipoise.experiments.safetensors.SafetensorsHeader;
import org.equipoise.experiments.safetensors.SafetensorsHeader.Place;

/**
 * Reads tables from safetensors files: {@code features} (N, D) and {@code labels} (N).
 *
 * <p>Other arrays are passed over. The metadata may name the classes: {@code class_names}, a JSON
 * list of texts.
 */
final class SafetensorsTable {

  private static final String FEATURES = "features";
  private static final String LABELS = "labels";
  private static final String CLASS_NAMES = "class_names";
  private static final int BUFFER = 1 << 20;
  // What a Java array holds on every machine.
  private static final int MOST_VALUES = Integer.MAX_VALUE - 8;

  private final Path file;
  private final FileChannel channel;
  private final SafetensorsHeader header;

  private SafetensorsTable(Path file, FileChannel channel) throws IOException {
    this.file = file;
    this.channel = channel;
    this.header = SafetensorsHeader.read(file, channel);
  }

  static Table read(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      return new SafetensorsTable(file, channel).table();
    }
  }

  private Table table() throws IOException {
    Place features = require(FEATURES, 2, "(N, D)");
    Place labels = require(LABELS, 1, "(N)");
    long rows = features.shape().get(0);
    long width = features.shape().get(1);
    if (rows < 1 || width < 1 || labels.shape().get(0) != rows) {
      throw new IOException(
          String.format(
              "%s: array features has shape %s and array labels %s; expected (N, D) and (N), N and"
                  + " D >= 1",
              file, features.shape(), labels.shape()));
    }
    if (features.elements() > MOST_VALUES) {
      throw new IOException(
          file
              + ": array features has shape "
              + features.shape()
              + "; expected at most "
              + MOST_VALUES
              + " values");
    }
    int[] classIds = labels(labels, (int) rows);
    return new Table(values(features, (int) width), (int) width, classIds, classNames());
  }

  private Place require(String name, int axes, String expected) throws IOException {
    Optional<Place> place = header.find(name);
    if (place.isEmpty()) {
      throw new IOException(
          file + ": has no array \"" + name + "\"; there are " + header.arrays().keySet());
    }
    if (place.get().shape().size() != axes) {
      throw new IOException(
          file
              + ": array "
              + name
              + " has shape "
              + place.get().shape()
              + "; expected "
              + expected);
    }
    return place.get();
  }

  private int[] labels(Place place, int rows) throws IOException {
    IntegerFormat format =
        IntegerFormat.of(place.type())
            .orElseThrow(() -> wrongType(LABELS, place, IntegerFormat.known()));
    int[] labels = new int[rows];
    Source source = new Source(place, format.bytes());
    for (int i = 0; i < rows; i++) {
      long label = format.next(source.next());
      if (label < 0 || label > Integer.MAX_VALUE - 1) {
        throw new IOException(
            file + ": labels[" + i + "] is " + label + "; expected a class id, >= 0");
      }
      labels[i] = (int) label;
    }
    return labels;
  }

  private float[] values(Place place, int width) throws IOException {
    FloatFormat format =
        FloatFormat.of(place.type())
            .orElseThrow(() -> wrongType(FEATURES, place, FloatFormat.known()));
    float[] values = new float[(int) place.elements()];
    Source source = new Source(place, format.bytes());
    for (int i = 0; i < values.length; i++) {
      values[i] = format.next(source.next());
      if (!Float.isFinite(values[i])) {
        throw new IOException(
            String.format(
                "%s: features[%d, %d] is %s; expected a finite number",
                file, i / width, i % width, values[i]));
      }
    }
    return values;
  }

  private IOException wrongType(String name, Place place, String known) {
    return new IOException(
        file + ": array " + name + " has type " + place.type() + "; expected one of " + known);
  }

  private Optional<List<String>> classNames() throws IOException {
    String text = header.metadata().get(CLASS_NAMES);
    if (text == null) {
      return Optional.empty();
    }
    List<String> names = new ArrayList<>();
    try {
      JsonNode list = new JsonMapper().readTree(text);
      list.forEach(name -> names.add(name.textValue()));
      if (list.isArray() && !names.contains(null)) {
        return Optional.of(List.copyOf(names));
      }
    } catch (JsonProcessingException e) {
      throw new IOException(
          file + ": metadata " + CLASS_NAMES + " is no JSON: " + e.getOriginalMessage(), e);
    }
    throw new IOException(
        file + ": metadata " + CLASS_NAMES + " is " + text + "; expected a JSON list of texts");
  }

  /** The bytes of an array, a buffer at a time. */
  private final class Source {

    private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
    private final int each;
    private long position;
    private long left;

    Source(Place place, int each) {
      this.each = each;
      position = place.position();
      left = place.bytes();
      bytes.limit(0);
    }

    /** Returns a buffer that has at least one element more. */
    ByteBuffer next() throws IOException {
      if (bytes.remaining() < each) {
        fill();
      }
      return bytes;
    }

    private void fill() throws IOException {
      bytes.clear().limit((int) Math.min(BUFFER, left));
      while (bytes.hasRemaining()) {
        if (channel.read(bytes, position + bytes.position()) < 0) {
          throw new EOFException(file + ": became shorter while it was read");
        }
      }
      position += bytes.position();
      left -= bytes.position();
      bytes.flip();
    }
  }
}
