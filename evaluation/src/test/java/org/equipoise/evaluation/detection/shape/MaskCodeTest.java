package org.equipoise.evaluation.detection.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.equipoise.testkit.golden.GoldenDetection;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Masks as COCO's mask code has them, run for run. */
@Tag("reference")
class MaskCodeTest {

  private static final double TOLERANCE = 1e-12;

  /** Returns the cases of a kind, of any file that has some. */
  private static List<JsonNode> cases(String kind) throws IOException {
    Optional<Path> folder = GoldenDetection.folder();
    Assumptions.assumeTrue(folder.isPresent(), "no folder of detection cases is named");
    List<JsonNode> cases = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder.get())) {
      for (Path file : files.filter(path -> path.toString().endsWith(".json")).toList()) {
        JsonNode root = new ObjectMapper().readTree(Files.readAllBytes(file));
        if (root.has("encode") && root.has("iou_rle")) {
          root.path(kind).forEach(cases::add);
        }
      }
    }
    assertThat(cases).as(kind).isNotEmpty();
    return cases;
  }

  private static Stream<JsonNode> stream(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }

  private static double[] numbers(JsonNode list) {
    return stream(list).mapToDouble(JsonNode::asDouble).toArray();
  }

  private static Box box(JsonNode list) {
    double[] of = numbers(list);
    return new Box(of[0], of[1], of[2], of[3]);
  }

  private static void assertIs(RunLengthMask mask, JsonNode expected) {
    assertThat(mask.counts())
        .isEqualTo(stream(expected.get("counts")).mapToInt(JsonNode::asInt).toArray());
    assertThat(mask.toString()).isEqualTo(expected.get("rle").asText());
    assertThat(mask.area()).isEqualTo(expected.get("area").asInt());
    assertThat(mask.box()).isEqualTo(box(expected.get("bbox")));
    assertThat(RunLengthMask.ofString(mask.toString(), mask.height(), mask.width()))
        .isEqualTo(mask);
  }

  @Test
  void should_encode_pixels() throws IOException {
    for (JsonNode one : cases("encode")) {
      boolean[][] pixels = new boolean[one.get("h").asInt()][one.get("w").asInt()];
      for (int y = 0; y < pixels.length; y++) {
        for (int x = 0; x < pixels[y].length; x++) {
          pixels[y][x] = one.get("mask").get(y).asText().charAt(x) == '1';
        }
      }

      assertIs(RunLengthMask.ofPixels(pixels), one);
      assertThat(RunLengthMask.ofPixels(pixels).pixels()).isEqualTo(pixels);
    }
  }

  @Test
  void should_fill_polygons() throws IOException {
    for (JsonNode one : cases("polygons")) {
      int height = one.get("h").asInt();
      int width = one.get("w").asInt();
      List<RunLengthMask> masks = new ArrayList<>();
      for (int i = 0; i < one.get("polygons").size(); i++) {
        masks.add(RunLengthMask.ofPolygon(numbers(one.get("polygons").get(i)), height, width));
        assertIs(masks.get(i), one.get("each").get(i));
      }

      assertIs(RunLengthMask.union(masks), one.get("merged"));
    }
  }

  @Test
  void should_fill_boxes() throws IOException {
    for (JsonNode one : cases("boxes")) {
      int height = one.get("h").asInt();
      int width = one.get("w").asInt();

      assertIs(RunLengthMask.ofBox(box(one.get("bbox_in")), height, width), one);
    }
  }

  @Test
  void should_merge_masks() throws IOException {
    for (JsonNode one : cases("merge")) {
      List<RunLengthMask> masks =
          stream(one.get("in"))
              .map(
                  text ->
                      RunLengthMask.ofString(
                          text.asText(), one.get("h").asInt(), one.get("w").asInt()))
              .toList();

      assertIs(RunLengthMask.union(masks), one.get("union"));
      assertIs(RunLengthMask.intersection(masks), one.get("intersection"));
    }
  }

  @Test
  void should_write_run_lengths_as_strings() throws IOException {
    for (JsonNode one : cases("uncompressed_to_string")) {
      int[] counts = stream(one.get("counts")).mapToInt(JsonNode::asInt).toArray();
      JsonNode size = one.get("size");

      assertIs(RunLengthMask.ofCounts(counts, size.get(0).asInt(), size.get(1).asInt()), one);
    }
  }

  @Test
  void should_compare_masks() throws IOException {
    for (JsonNode one : cases("iou_rle")) {
      List<RunLengthMask> found = stream(one.get("dt")).map(MaskCodeTest::mask).toList();
      List<RunLengthMask> truth = stream(one.get("gt")).map(MaskCodeTest::mask).toList();
      for (int i = 0; i < found.size(); i++) {
        for (int j = 0; j < truth.size(); j++) {
          assertThat(found.get(i).iou(truth.get(j), one.get("iscrowd").get(j).asInt() != 0))
              .isCloseTo(one.get("iou").get(i).get(j).asDouble(), within(TOLERANCE));
        }
      }
    }
  }

  private static RunLengthMask mask(JsonNode node) {
    JsonNode size = node.get("size");
    return RunLengthMask.ofString(
        node.get("counts").asText(), size.get(0).asInt(), size.get(1).asInt());
  }

  @Test
  void should_compare_boxes() throws IOException {
    for (JsonNode one : cases("iou_bbox")) {
      for (int i = 0; i < one.get("dt").size(); i++) {
        for (int j = 0; j < one.get("gt").size(); j++) {
          double iou =
              box(one.get("dt").get(i))
                  .iou(box(one.get("gt").get(j)), one.get("iscrowd").get(j).asInt() != 0);

          assertThat(iou).isCloseTo(one.get("iou").get(i).get(j).asDouble(), within(TOLERANCE));
        }
      }
    }
  }
}
