package org.equipoise.evaluation.detection.io;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.equipoise.evaluation.detection.shape.RunLengthMask;
import org.equipoise.evaluation.detection.shape.Segmentation;

/** Reads masks: polygons, run lengths, and their string form. */
final class SegmentationReader {

  private static final String FIELD = "segmentation";

  private final JsonEntries json;

  SegmentationReader(JsonEntries json) {
    this.json = json;
  }

  /** Reads the one that comes next. */
  Segmentation read() throws IOException {
    JsonToken token = json.next();
    return switch (token) {
      case START_ARRAY -> polygons();
      case START_OBJECT -> runs();
      default -> throw json.wrong(FIELD + ": expected polygons or run lengths");
    };
  }

  private Segmentation polygons() throws IOException {
    List<double[]> polygons = new ArrayList<>();
    for (JsonToken token = json.next(); token != JsonToken.END_ARRAY; token = json.next()) {
      if (token != JsonToken.START_ARRAY) {
        throw json.wrong(FIELD + ": expected a list of polygons, each a list of numbers");
      }
      polygons.add(json.numbersHere(FIELD));
    }
    return new Segmentation.Polygons(polygons);
  }

  private Segmentation runs() throws IOException {
    long[] size = {};
    byte[] text = null;
    long[] counts = null;
    for (String name = json.nextField(); name != null; name = json.nextField()) {
      switch (name) {
        case "size" -> size = json.integers("size");
        case "counts" -> {
          JsonToken token = json.next();
          if (token == JsonToken.VALUE_STRING) {
            text = json.bytesHere();
          } else {
            counts = json.integersHere("counts", token);
          }
        }
        default -> json.skip();
      }
    }
    if (size.length != 2) {
      throw json.wrong(FIELD + ": expected a \"size\" of [height, width]");
    }
    int height = toInt("size", size[0]);
    int width = toInt("size", size[1]);
    if (text != null) {
      return new Segmentation.Text(text, height, width);
    }
    if (counts == null) {
      throw json.wrong(FIELD + ": has no \"counts\"");
    }
    int[] runs = new int[counts.length];
    for (int i = 0; i < runs.length; i++) {
      runs[i] = toInt("counts", counts[i]);
    }
    return new Segmentation.Runs(RunLengthMask.ofCounts(runs, height, width));
  }

  private int toInt(String field, long value) {
    if (value != (int) value) {
      throw json.wrong(field + ": " + value + " is too large");
    }
    return (int) value;
  }
}
