package org.equipoise.evaluation.detection;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.equipoise.evaluation.detection.shape.RunLengthMask;

/**
 * Writes annotations and detections of any size that look like those of LVIS or COCO: long-tailed
 * categories, 3.4 of them and 11 objects in an image, a polygon around each; detections of which
 * some are near an object and most are not. The same arguments give the same files.
 *
 * <p>Not real data: what it is for is the cost of reading and evaluating.
 */
public final class DetectionData {

  private static final int HEIGHT = 480;
  private static final int WIDTH = 640;
  private static final int COCO_CATEGORIES = 80;
  private static final int LVIS_CATEGORIES = 1203;
  private static final int MOST_IMAGES = 1977;
  private static final int VERIFIED_ABSENT = 13;
  private static final double NEAR = 0.35;

  private final SplittableRandom random;
  private final boolean lvis;
  private final boolean masks;
  private final double[] cumulative;
  private final int[] imageCounts;

  private DetectionData(long seed, boolean lvis, boolean masks, int[] imageCounts) {
    this.random = new SplittableRandom(seed);
    this.lvis = lvis;
    this.masks = masks;
    this.imageCounts = imageCounts;
    this.cumulative = new double[imageCounts.length];
    double sum = 0;
    for (int c = 0; c < imageCounts.length; c++) {
      sum += imageCounts[c];
      cumulative[c] = sum;
    }
  }

  /**
   * Writes {@code gt.json} and {@code dt.json} into a folder.
   *
   * @param args the folder; {@code lvis} or {@code coco}; {@code bbox} or {@code segm}; the number
   *     of images; the number of detections in each; and, if there is one, a file of class counts
   *     with rows {@code [id, name, frequency, images, instances]}
   * @throws IOException if they cannot be written
   */
  public static void main(String[] args) throws IOException {
    if (args.length < 5) {
      System.err.println("usage: FOLDER lvis|coco bbox|segm IMAGES DETECTIONS [COUNTS]");
      System.exit(2);
    }
    boolean lvis = args[1].equals("lvis");
    int[] counts = args.length > 5 ? readCounts(Path.of(args[5])) : profile(lvis);
    DetectionData data = new DetectionData(1, lvis, args[2].equals("segm"), counts);
    data.write(Path.of(args[0]), Integer.parseInt(args[3]), Integer.parseInt(args[4]));
  }

  /** From the most frequent category to one of a single image, evenly on a logarithmic scale. */
  private static int[] profile(boolean lvis) {
    int[] counts = new int[lvis ? LVIS_CATEGORIES : COCO_CATEGORIES];
    for (int c = 0; c < counts.length; c++) {
      double rank = (double) c / (counts.length - 1);
      counts[c] =
          (int) Math.max(1, Math.round(Math.pow(MOST_IMAGES, lvis ? 1 - rank : 1 - rank / 2)));
    }
    return counts;
  }

  private static int[] readCounts(Path file) throws IOException {
    List<Integer> counts = new ArrayList<>();
    try (JsonParser json = new JsonFactory().createParser(file.toFile())) {
      while (!"categories".equals(json.nextFieldName()) && json.currentToken() != null) {
        // passes over what stands before
      }
      json.nextToken();
      while (json.nextToken() == JsonToken.START_ARRAY) {
        for (int column = 0; json.nextToken() != JsonToken.END_ARRAY; column++) {
          if (column == 3) {
            counts.add(json.getIntValue());
          }
        }
      }
    }
    return counts.stream().mapToInt(Integer::intValue).toArray();
  }

  private void write(Path folder, int images, int detections) throws IOException {
    Files.createDirectories(folder);
    try (JsonGenerator truth = open(folder.resolve("gt.json"));
        JsonGenerator found = open(folder.resolve("dt.json"))) {
      truth.writeStartObject();
      categories(truth);
      List<Image> all = new ArrayList<>();
      truth.writeArrayFieldStart("annotations");
      found.writeStartArray();
      int annotation = 0;
      for (int i = 0; i < images; i++) {
        Image image = image(3 * i + 7);
        all.add(image);
        for (Thing thing : image.things) {
          annotation(truth, ++annotation, image.id, thing);
        }
        for (int d = 0; d < detections; d++) {
          detection(found, image);
        }
        image.things.clear();
      }
      found.writeEndArray();
      truth.writeEndArray();
      images(truth, all);
      truth.writeEndObject();
    }
  }

  private static JsonGenerator open(Path file) throws IOException {
    OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
    return new JsonFactory().createGenerator(out);
  }

  private void categories(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("categories");
    for (int c = 0; c < imageCounts.length; c++) {
      json.writeStartObject();
      json.writeNumberField("id", c + 1);
      json.writeStringField("name", "category " + (c + 1));
      if (lvis) {
        json.writeStringField(
            "frequency", imageCounts[c] <= 10 ? "r" : imageCounts[c] <= 100 ? "c" : "f");
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void images(JsonGenerator json, List<Image> images) throws IOException {
    json.writeArrayFieldStart("images");
    for (Image image : images) {
      json.writeStartObject();
      json.writeNumberField("id", image.id);
      json.writeNumberField("height", HEIGHT);
      json.writeNumberField("width", WIDTH);
      if (lvis) {
        json.writeFieldName("neg_category_ids");
        json.writeArray(image.absent, 0, image.absent.length);
        json.writeFieldName("not_exhaustive_category_ids");
        json.writeArray(image.notExhaustive, 0, image.notExhaustive.length);
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private Image image(int id) {
    Set<Integer> present = new LinkedHashSet<>();
    while (present.isEmpty() || random.nextDouble() < 1 - 1 / 3.4) {
      present.add(category());
    }
    List<Thing> things = new ArrayList<>();
    for (int category : present) {
      do {
        double width = Math.exp(2.5 + random.nextDouble() * 3.2);
        double height = Math.min(HEIGHT - 1, width * Math.exp(random.nextDouble() - .5));
        things.add(
            new Thing(
                category,
                random.nextDouble() * (WIDTH - width),
                random.nextDouble() * (HEIGHT - height),
                width,
                height));
      } while (random.nextDouble() < 1 - 3.4 / 11);
    }
    Set<Integer> absent = new LinkedHashSet<>();
    while (absent.size() < VERIFIED_ABSENT) {
      int category = 1 + random.nextInt(imageCounts.length);
      if (!present.contains(category)) {
        absent.add(category);
      }
    }
    int first = present.iterator().next();
    int[] notExhaustive = random.nextInt(4) == 0 ? new int[] {first} : new int[0];
    return new Image(
        id, things, absent.stream().mapToInt(Integer::intValue).toArray(), notExhaustive);
  }

  private int category() {
    double at = random.nextDouble() * cumulative[cumulative.length - 1];
    int found = Arrays.binarySearch(cumulative, at);
    return 1 + (found >= 0 ? found : -found - 1);
  }

  private void annotation(JsonGenerator json, int id, int image, Thing thing) throws IOException {
    double[] outline = outline(thing, 20 + random.nextInt(50));
    json.writeStartObject();
    json.writeNumberField("id", id);
    json.writeNumberField("image_id", image);
    json.writeNumberField("category_id", thing.category);
    json.writeNumberField("area", cents(thing.width * thing.height * Math.PI / 4));
    box(json, thing);
    if (!lvis) {
      json.writeNumberField("iscrowd", 0);
    }
    json.writeArrayFieldStart("segmentation");
    json.writeArray(outline, 0, outline.length);
    json.writeEndArray();
    json.writeEndObject();
  }

  private void detection(JsonGenerator json, Image image) throws IOException {
    Thing thing = near(image).orElseGet(this::anything);
    json.writeStartObject();
    json.writeNumberField("image_id", image.id);
    json.writeNumberField("category_id", thing.category);
    box(json, thing);
    json.writeNumberField("score", Math.round(random.nextDouble() * 1e4) / 1e4);
    if (masks) {
      json.writeObjectFieldStart("segmentation");
      json.writeFieldName("size");
      json.writeArray(new int[] {HEIGHT, WIDTH}, 0, 2);
      json.writeStringField(
          "counts", RunLengthMask.ofPolygon(outline(thing, 40), HEIGHT, WIDTH).toString());
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private Optional<Thing> near(Image image) {
    if (random.nextDouble() > NEAR) {
      return Optional.empty();
    }
    Thing thing = image.things.get(random.nextInt(image.things.size()));
    double noise = .4 * random.nextDouble();
    int category = random.nextInt(5) == 0 ? category() : thing.category;
    return Optional.of(
        new Thing(
            category,
            thing.x + noise * (random.nextDouble() - .5) * thing.width,
            thing.y + noise * (random.nextDouble() - .5) * thing.height,
            thing.width * (1 + noise * (random.nextDouble() - .5)),
            thing.height * (1 + noise * (random.nextDouble() - .5))));
  }

  private Thing anything() {
    double width = Math.exp(2.5 + random.nextDouble() * 3);
    double height = Math.exp(2.5 + random.nextDouble() * 3);
    return new Thing(
        category(),
        random.nextDouble() * (WIDTH - width),
        random.nextDouble() * (HEIGHT - height),
        width,
        height);
  }

  /** A bumpy ellipse. */
  private double[] outline(Thing thing, int corners) {
    double[] xy = new double[2 * corners];
    for (int i = 0; i < corners; i++) {
      double angle = 2 * Math.PI * i / corners;
      double radius = .5 * (.85 + .15 * random.nextDouble());
      xy[2 * i] = cents(thing.x + thing.width * (.5 + radius * Math.cos(angle)));
      xy[2 * i + 1] = cents(thing.y + thing.height * (.5 + radius * Math.sin(angle)));
    }
    return xy;
  }

  private static void box(JsonGenerator json, Thing thing) throws IOException {
    json.writeFieldName("bbox");
    json.writeArray(
        new double[] {cents(thing.x), cents(thing.y), cents(thing.width), cents(thing.height)},
        0,
        4);
  }

  private static double cents(double value) {
    return Math.round(value * 100) / 100.0;
  }

  private record Thing(int category, double x, double y, double width, double height) {}

  private record Image(int id, List<Thing> things, int[] absent, int[] notExhaustive) {}
}
