package org.equipoise.evaluation.detection.io;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.equipoise.evaluation.detection.Annotation;
import org.equipoise.evaluation.detection.Category;
import org.equipoise.evaluation.detection.DetectionRules;
import org.equipoise.evaluation.detection.FrequencyGroup;
import org.equipoise.evaluation.detection.GroundTruth;
import org.equipoise.evaluation.detection.IouType;
import org.equipoise.evaluation.detection.shape.Box;
import org.equipoise.evaluation.detection.shape.Segmentation;

/**
 * Reads an annotation file of COCO or LVIS, plain or gzipped: {@code images}, {@code annotations}
 * and {@code categories} in any order. What is not needed is passed over.
 */
public final class GroundTruthFile {

  private static final int BOX = 4;

  private final JsonEntries json;
  private final SegmentationReader segmentations;
  private final DetectionRules rules;
  private final IouType iouType;
  private final GroundTruth.Builder truth = new GroundTruth.Builder();
  private final Set<String> lists = new HashSet<>();

  private GroundTruthFile(JsonEntries json, DetectionRules rules, IouType iouType) {
    this.json = json;
    this.segmentations = new SegmentationReader(json);
    this.rules = rules;
    this.iouType = iouType;
  }

  /**
   * Reads a file.
   *
   * @param file the file
   * @param rules whose rules it will be used for; those of LVIS need more of it
   * @param iouType what will be compared; masks are read only if they are
   * @param progress is told how far it has come
   * @return the ground truth
   * @throws DetectionFileException if something is wrong with it
   * @throws IOException if it cannot be read
   */
  public static GroundTruth read(
      Path file, DetectionRules rules, IouType iouType, ReadProgress progress) throws IOException {
    try (JsonEntries json = JsonEntries.open(file, progress)) {
      GroundTruthFile reader = new GroundTruthFile(json, rules, iouType);
      GroundTruth[] read = new GroundTruth[1];
      json.read(() -> read[0] = reader.read());
      return read[0];
    }
  }

  private GroundTruth read() throws IOException {
    json.require(
        json.next(),
        JsonToken.START_OBJECT,
        "an object with \"images\", \"annotations\" and \"categories\"");
    for (String name = json.nextField(); name != null; name = json.nextField()) {
      switch (name) {
        case "images" -> json.entries(once(name, "image"), this::image);
        case "annotations" -> json.entries(once(name, "annotation"), this::annotation);
        case "categories" -> json.entries(once(name, "category"), this::category);
        default -> json.skip();
      }
    }
    json.end();
    for (String name : new String[] {"images", "annotations", "categories"}) {
      if (!lists.contains(name)) {
        throw json.wrong("has no \"" + name + "\": is it an annotation file?");
      }
    }
    return truth.build();
  }

  /** Returns what an entry of a list is called. */
  private String once(String name, String entry) {
    if (!lists.add(name)) {
      throw json.wrong("has two lists of \"" + name + "\"");
    }
    return entry;
  }

  private void image() throws IOException {
    Fields has = new Fields();
    long id = 0;
    long height = 0;
    long width = 0;
    long[] negative = {};
    long[] notExhaustive = {};
    for (String name = json.nextField(); name != null; name = json.nextField()) {
      switch (name) {
        case "id" -> id = has.read(name, json.integer(name));
        case "height" -> height = has.read(name, json.integer(name));
        case "width" -> width = has.read(name, json.integer(name));
        case "neg_category_ids" -> {
          negative = json.integers(name);
          has.note(name);
        }
        case "not_exhaustive_category_ids" -> {
          notExhaustive = json.integers(name);
          has.note(name);
        }
        default -> json.skip();
      }
    }
    has.require("id");
    if (iouType == IouType.SEGM) {
      has.require("height");
      has.require("width");
      if (height < 1 || width < 1 || height > Integer.MAX_VALUE / width) {
        throw json.wrong("height, width: masks cannot be " + height + " x " + width);
      }
    }
    if (rules == DetectionRules.LVIS) {
      has.require("neg_category_ids");
      has.require("not_exhaustive_category_ids");
    }
    truth.image(id, (int) height, (int) width, negative, notExhaustive);
  }

  private void annotation() throws IOException {
    Fields has = new Fields();
    long id = 0;
    long image = 0;
    long category = 0;
    double area = 0;
    boolean crowd = false;
    boolean ignore = false;
    Optional<Box> box = Optional.empty();
    Optional<Segmentation> mask = Optional.empty();
    for (String name = json.nextField(); name != null; name = json.nextField()) {
      switch (name) {
        case "id" -> id = has.read(name, json.integer(name));
        case "image_id" -> image = has.read(name, json.integer(name));
        case "category_id" -> category = has.read(name, json.integer(name));
        case "area" -> {
          area = json.number(name);
          has.note(name);
        }
        case "iscrowd" -> crowd = json.flag(name);
        case "ignore" -> ignore = json.flag(name);
        case "bbox" -> {
          double[] numbers = json.numbers(name);
          if (iouType == IouType.BBOX) {
            box = Optional.of(box(numbers));
          }
        }
        case "segmentation" -> {
          if (iouType == IouType.SEGM) {
            Segmentation read = segmentations.read();
            if (read instanceof Segmentation.Text text) {
              text.requireSound();
            }
            mask = Optional.of(read);
          } else {
            json.skip();
          }
        }
        default -> json.skip();
      }
    }
    has.require("id");
    has.require("image_id");
    has.require("category_id");
    has.require("area");
    if (iouType == IouType.BBOX && box.isEmpty()) {
      throw json.wrong("has no \"bbox\"");
    }
    if (iouType == IouType.SEGM && mask.isEmpty()) {
      throw json.wrong("has no \"segmentation\"");
    }
    truth.annotation(new Annotation(id, image, category, area, box, mask, crowd, ignore));
  }

  private Box box(double[] numbers) {
    if (numbers.length != BOX) {
      throw json.wrong("bbox: expected 4 numbers, found " + numbers.length);
    }
    return new Box(numbers[0], numbers[1], numbers[2], numbers[3]);
  }

  private void category() throws IOException {
    Fields has = new Fields();
    long id = 0;
    String label = "";
    Optional<FrequencyGroup> frequency = Optional.empty();
    for (String name = json.nextField(); name != null; name = json.nextField()) {
      switch (name) {
        case "id" -> id = has.read(name, json.integer(name));
        case "name" -> label = json.string(name);
        case "frequency" -> {
          String letter = json.string(name);
          frequency = FrequencyGroup.ofLabel(letter);
          if (frequency.isEmpty()) {
            throw json.wrong("frequency: expected r, c or f, found \"" + letter + "\"");
          }
        }
        default -> json.skip();
      }
    }
    has.require("id");
    if (rules == DetectionRules.LVIS && frequency.isEmpty()) {
      throw json.wrong(missing("frequency"));
    }
    truth.category(new Category(id, label.isEmpty() ? String.valueOf(id) : label, frequency));
  }

  private String missing(String field) {
    boolean ofLvis =
        rules == DetectionRules.LVIS && (field.endsWith("_ids") || field.equals("frequency"));
    return "has no \"" + field + "\"" + (ofLvis ? ", which LVIS needs: is it a file of COCO?" : "");
  }

  /** The fields that an entry has. */
  private final class Fields {

    private final Set<String> names = new HashSet<>();

    void note(String name) {
      names.add(name);
    }

    long read(String name, long value) {
      names.add(name);
      return value;
    }

    void require(String name) {
      if (!names.contains(name)) {
        throw json.wrong(missing(name));
      }
    }
  }
}
