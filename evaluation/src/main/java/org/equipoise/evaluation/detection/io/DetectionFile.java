package org.equipoise.evaluation.detection.io;

import java.io.IOException;
import java.nio.file.Path;
import org.equipoise.evaluation.detection.Detections;
import org.equipoise.evaluation.detection.GroundTruth;
import org.equipoise.evaluation.detection.IouType;
import org.equipoise.evaluation.detection.shape.Box;
import org.equipoise.evaluation.detection.shape.Segmentation;

/**
 * Reads a file of detections as models write it, plain or gzipped: a list of objects with {@code
 * image_id}, {@code category_id}, {@code score}, and {@code bbox} or {@code segmentation} or both.
 *
 * <p>An empty {@code bbox} is none. Where boxes are compared, masks are read only if the first
 * detection has no box.
 */
public final class DetectionFile {

  private static final int BOX = 4;

  private final JsonEntries json;
  private final SegmentationReader segmentations;
  private final IouType iouType;
  private final boolean dropBoxes;
  private final Detections.Builder detections;
  private boolean masksMatter = true;
  private long count;

  private DetectionFile(JsonEntries json, GroundTruth truth, IouType iouType, boolean dropBoxes) {
    this.json = json;
    this.segmentations = new SegmentationReader(json);
    this.iouType = iouType;
    this.dropBoxes = dropBoxes;
    this.detections = new Detections.Builder(truth);
  }

  /**
   * Reads a file.
   *
   * @param file the file
   * @param truth what is to be found
   * @param iouType what will be compared
   * @param dropBoxes whether boxes are passed over, so that areas are those of masks; detectron2
   *     does so where masks are compared
   * @param progress is told how far it has come
   * @return the detections, in the order of the file, at least one
   * @throws DetectionFileException if something is wrong with it
   * @throws IOException if it cannot be read
   */
  public static Detections read(
      Path file, GroundTruth truth, IouType iouType, boolean dropBoxes, ReadProgress progress)
      throws IOException {
    try (JsonEntries json = JsonEntries.open(file, progress)) {
      DetectionFile reader = new DetectionFile(json, truth, iouType, dropBoxes);
      json.read(reader::read);
      return reader.detections.build();
    }
  }

  private void read() throws IOException {
    json.entries("detection", this::detection);
    json.end();
    if (count == 0) {
      throw json.wrong("has no detections");
    }
  }

  private void detection() throws IOException {
    boolean hasImage = false;
    boolean hasCategory = false;
    boolean hasScore = false;
    long image = 0;
    long category = 0;
    double score = 0;
    Box box = null;
    Segmentation mask = null;
    for (String name = json.nextField(); name != null; name = json.nextField()) {
      switch (name) {
        case "image_id" -> {
          image = json.integer(name);
          hasImage = true;
        }
        case "category_id" -> {
          category = json.integer(name);
          hasCategory = true;
        }
        case "score" -> {
          score = json.number(name);
          hasScore = true;
        }
        case "bbox" -> box = box();
        case "segmentation" -> {
          if (masksMatter) {
            mask = segmentations.read();
          } else {
            json.skip();
          }
        }
        default -> json.skip();
      }
    }
    require(hasImage, "image_id");
    require(hasCategory, "category_id");
    require(hasScore, "score");
    add(image, category, score, box, mask);
  }

  private void require(boolean has, String field) {
    if (!has) {
      throw json.wrong("has no \"" + field + "\"");
    }
  }

  private Box box() throws IOException {
    if (dropBoxes) {
      json.skip();
      return null;
    }
    double[] numbers = json.numbers("bbox");
    if (numbers.length == 0) {
      return null;
    }
    if (numbers.length != BOX) {
      throw json.wrong("bbox: expected 4 numbers, found " + numbers.length);
    }
    return new Box(numbers[0], numbers[1], numbers[2], numbers[3]);
  }

  private void add(long image, long category, double score, Box box, Segmentation mask) {
    if (count == 0 && iouType == IouType.BBOX) {
      masksMatter = box == null;
    }
    count++;
    if (box == null && (mask == null || !masksMatter)) {
      throw json.wrong(
          masksMatter
              ? "has neither \"bbox\" nor \"segmentation\""
              : "has no \"bbox\", but the first detection has");
    }
    if (mask == null || !masksMatter) {
      detections.box(image, category, score, box);
    } else if (box == null) {
      detections.mask(image, category, score, mask);
    } else {
      detections.boxAndMask(image, category, score, box, mask);
    }
  }
}
