package org.equipoise.evaluation.detection.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.equipoise.evaluation.detection.DetectionEvaluation;
import org.equipoise.evaluation.detection.DetectionResult;
import org.equipoise.evaluation.detection.DetectionRules;
import org.equipoise.evaluation.detection.Detections;
import org.equipoise.evaluation.detection.Finding;
import org.equipoise.evaluation.detection.GroundTruth;
import org.equipoise.evaluation.detection.IouType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a file is said with file, entry and reason, or counted. */
class BadInputTest {

  private static final String IMAGES =
      "'images':[{'id':1,'height':9,'width':9,'neg_category_ids':[],"
          + "'not_exhaustive_category_ids':[]}]";
  private static final String CATEGORIES = "'categories':[{'id':1,'name':'cat','frequency':'r'}]";
  private static final String OBJECT =
      "{'id':1,'image_id':1,'category_id':1,'area':16,'bbox':[0,0,4,4],"
          + "'segmentation':[[0,0,0,4,4,4,4,0]]}";
  private static final String TRUTH =
      "{" + IMAGES + "," + CATEGORIES + ",'annotations':[" + OBJECT + "]}";
  private static final String FOUND =
      "{'image_id':1,'category_id':1,'score':0.5,'bbox':[0,0,4,4],"
          + "'segmentation':{'size':[9,9],'counts':'04500000]1'}}";

  @TempDir private Path folder;

  private Path file(String name, String json) throws IOException {
    return Files.writeString(folder.resolve(name), json.replace('\'', '"'));
  }

  private DetectionResult evaluate(String truth, String found, IouType type) throws IOException {
    GroundTruth read =
        GroundTruthFile.read(file("gt.json", truth), DetectionRules.LVIS, type, ReadProgress.NONE);
    Detections detections =
        DetectionFile.read(file("dt.json", found), read, type, false, ReadProgress.NONE);
    return new DetectionEvaluation(DetectionRules.LVIS, type).tally(detections).result();
  }

  @Test
  void should_evaluate_what_is_well() throws IOException {
    for (IouType type : IouType.values()) {
      DetectionResult result = evaluate(TRUTH, "[" + FOUND + "]", type);

      assertThat(result.figures().get("AR@300").orElseThrow()).isOne();
      assertThat(result.findings()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "'score':0.5 | 'score':NaN | score: must be finite, is NaN",
        "'score':0.5 | 'score':1e999 | score: must be finite, is Infinity",
        "'score':0.5 | 'score':'0.5' | score: expected a number, found a string",
        "'score':0.5 | 'score':null | score: expected a number, found null",
        "'score':0.5, | `` | has no \"score\"",
        "'image_id':1 | 'image_id':2 | image_id: the ground truth has no image with id 2",
        "'image_id':1 | 'image_id':'1' | image_id: expected a whole number, found a string",
        "'image_id':1 | 'image_id':1.5 | image_id: expected a whole number, found 1.5",
        "'image_id':1, | `` | has no \"image_id\"",
        "'category_id':1, | `` | has no \"category_id\"",
        "[0,0,4,4] | [0,0,4] | bbox: expected 4 numbers, found 3",
        "[0,0,4,4] | [0,0,NaN,4] | bbox: must be finite, is NaN",
        "[0,0,4,4] | [0,0,'4',4] | bbox: expected a number, found a string",
        "[0,0,4,4] | 7 | bbox: expected a list of numbers, found a number",
        "04500000]1 | 0450000]1 | counts: the runs have 76 pixels",
        "04500000]1 | 04~00000 | counts: character 3 is none",
        "04500000]1 | 04500000] | counts: ends within a number",
        "[9,9] | [9,-9] | size: must be at least 1 x 1",
        "[9,9] | [9] | segmentation: expected a \"size\" of [height, width]",
        "[9,9] | [99999999999,9] | size: 99999999999 is too large",
        "'counts':'04500000]1' | 'x':1 | segmentation: has no \"counts\"",
        "'04500000]1' | [0,4,5] | counts: the runs have 9 pixels",
        "'04500000]1' | [0,-4,85] | counts: run 2 is -4",
        "{'size' | [{'size' | segmentation: expected a list of polygons"
      })
  void should_say_what_is_wrong_with_a_detection(String good, String bad, String reason)
      throws IOException {
    String json = "[" + FOUND + "," + FOUND.replace(good, bad) + "]";

    assertThatThrownBy(() -> evaluate(TRUTH, json, IouType.SEGM))
        .isInstanceOf(DetectionFileException.class)
        .hasMessageStartingWith(folder.resolve("dt.json") + ": detection 2: " + reason);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "'id':1,'image_id' | 'image_id' | annotation 1: has no \"id\"",
        "'area':16 | 'area':'16' | annotation 1: area: expected a number, found a string",
        "'area':16 | 'area':-Infinity | annotation 1: area: must be finite",
        "'area':16, | `` | annotation 1: has no \"area\"",
        "[[0,0,0,4,4,4,4,0]] | [] | annotation 1: segmentation: has no polygon",
        "[[0,0,0,4,4,4,4,0]] | [[1,2]] | annotation 1: segmentation: polygon 1 has 2 numbers",
        "[[0,0,0,4,4,4,4,0]] | [[0,0,4,4],[1,2,3]] | annotation 1: segmentation: polygon 2 has 3",
        "[[0,0,0,4,4,4,4,0]] | [1,2,3,4,5,6] | annotation 1: segmentation: expected a list of",
        "'height':9 | 'h':9 | image 1: has no \"height\"",
        "'height':9 | 'height':5000000000 | image 1: height, width: masks cannot be 5000000000 x 9",
        "'neg_category_ids':[] | 'n':[] | image 1: has no \"neg_category_ids\", which LVIS needs",
        "'neg_category_ids':[] | 'neg_category_ids':['a'] | image 1: neg_category_ids: expected",
        "'frequency':'r' | 'frequency':'x' | category 1: frequency: expected r, c or f, found"
            + " \"x\"",
        ",'frequency':'r' | `` | category 1: has no \"frequency\", which LVIS needs",
        "'categories':[ | 'cats':[ | has no \"categories\": is it an annotation file?",
        "'images':[{ | 'images':[5,{ | image 1: expected an object, found a number",
        "'images':[{'id':1 | 'images':{'id':[1] | image: expected a list, found an object"
      })
  void should_say_what_is_wrong_with_the_ground_truth(String good, String bad, String reason)
      throws IOException {
    assertThatThrownBy(() -> evaluate(TRUTH.replace(good, bad), "[" + FOUND + "]", IouType.SEGM))
        .isInstanceOf(DetectionFileException.class)
        .hasMessageStartingWith(folder.resolve("gt.json") + ": " + reason);
  }

  @Test
  void should_refuse_ids_that_are_there_twice() {
    String twice = TRUTH.replace(OBJECT, OBJECT + "," + OBJECT);
    String images =
        TRUTH.replace(
            "'images':[",
            "'images':[{'id':1,'height':1,'width':1,"
                + "'neg_category_ids':[],'not_exhaustive_category_ids':[]},");
    String categories = TRUTH.replace("'categories':[", "'categories':[{'id':1,'frequency':'c'},");

    assertThatThrownBy(() -> evaluate(twice, "[]", IouType.BBOX))
        .hasMessageEndingWith("gt.json: annotations: id 1 is there twice");
    assertThatThrownBy(() -> evaluate(images, "[]", IouType.BBOX))
        .hasMessageEndingWith("gt.json: images: id 1 is there twice");
    assertThatThrownBy(() -> evaluate(categories, "[]", IouType.BBOX))
        .hasMessageEndingWith("gt.json: categories: id 1 is there twice");
  }

  @Test
  void should_refuse_a_file_that_is_none_of_detections() {
    assertThatThrownBy(() -> evaluate(TRUTH, "[]", IouType.BBOX))
        .hasMessageEndingWith("dt.json: has no detections");
    assertThatThrownBy(() -> evaluate(TRUTH, TRUTH, IouType.BBOX))
        .hasMessageEndingWith("dt.json: detection: expected a list, found an object");
    assertThatThrownBy(() -> evaluate("[]", "[]", IouType.BBOX))
        .hasMessageContaining("gt.json: expected an object with \"images\"");
    assertThatThrownBy(() -> evaluate(TRUTH, "[" + FOUND + "] 5", IouType.BBOX))
        .hasMessageEndingWith("dt.json: something follows after the end");
    assertThatThrownBy(
            () ->
                DetectionFile.read(
                    folder.resolve("none"), truth(), IouType.BBOX, false, ReadProgress.NONE))
        .hasMessageEndingWith("none: there is no such file");
    assertThatThrownBy(
            () -> DetectionFile.read(folder, truth(), IouType.BBOX, false, ReadProgress.NONE))
        .hasMessageEndingWith("is not a file");
  }

  private GroundTruth truth() throws IOException {
    return GroundTruthFile.read(
        file("gt.json", TRUTH), DetectionRules.LVIS, IouType.BBOX, ReadProgress.NONE);
  }

  @Test
  void should_refuse_detections_without_a_box_after_the_first_one_had_one() {
    String without = FOUND.replace("'bbox':[0,0,4,4],", "");

    assertThatThrownBy(() -> evaluate(TRUTH, "[" + FOUND + "," + without + "]", IouType.BBOX))
        .hasMessageEndingWith("detection 2: has no \"bbox\", but the first detection has");
    assertThatThrownBy(
            () -> evaluate(TRUTH, "[{'image_id':1,'category_id':1,'score':1}]", IouType.BBOX))
        .hasMessageEndingWith("detection 1: has neither \"bbox\" nor \"segmentation\"");
  }

  @Test
  void should_name_the_entry_where_a_file_ends_too_early() {
    String json = "[" + FOUND + "," + FOUND + "]";
    for (int end = 0; end < json.length(); end++) {
      String part = json.substring(0, end);

      assertThatThrownBy(() -> evaluate(TRUTH, part, IouType.SEGM))
          .as(part)
          .isInstanceOf(DetectionFileException.class)
          .hasMessageContaining("dt.json: ")
          .hasMessageNotContaining("Source");
    }
    assertThatThrownBy(() -> evaluate(TRUTH, json.substring(0, 200), IouType.SEGM))
        .hasMessageContaining("dt.json: detection 2: no valid JSON in line 1, column ");
  }

  @Test
  void should_refuse_a_gzipped_file_that_is_damaged() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(("[" + FOUND + "]").replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
    byte[] whole = bytes.toByteArray();
    Path file = Files.write(folder.resolve("dt.json"), whole);
    GroundTruth truth = truth();

    assertThat(DetectionFile.read(file, truth, IouType.BBOX, false, ReadProgress.NONE).size())
        .isOne();
    Files.write(file, Arrays.copyOf(whole, whole.length - 20));
    assertThatThrownBy(
            () -> DetectionFile.read(file, truth, IouType.BBOX, false, ReadProgress.NONE))
        .isInstanceOf(DetectionFileException.class)
        .hasMessageContaining("gzipped file is damaged or ends too early");
  }

  @Test
  void should_refuse_what_is_nested_deeply() {
    String deep = FOUND.replace("'score'", "'x':" + "[".repeat(100_000) + ",'score'");

    assertThatThrownBy(() -> evaluate(TRUTH, "[" + deep + "]", IouType.BBOX))
        .isInstanceOf(DetectionFileException.class)
        .hasMessageContaining("detection 1: ")
        .hasMessageContaining("nesting depth");
  }

  @Test
  void should_count_what_the_official_tool_passes_over() throws IOException {
    String more =
        OBJECT.replace("'id':1,", "'id':0,")
            + ","
            + OBJECT.replace("'id':1,", "'id':3,").replace("'category_id':1", "'category_id':9")
            + ","
            + OBJECT.replace("'id':1,", "'id':4,").replace("'image_id':1", "'image_id':9")
            + ","
            + OBJECT.replace("'id':1,", "'id':5,").replace("16", "0");
    String found =
        FOUND
            + ","
            + FOUND.replace("'category_id':1", "'category_id':9")
            + ","
            + FOUND.replace("[0,0,4,4]", "[0,0,-4,4]");

    DetectionResult result =
        evaluate(TRUTH.replace(OBJECT, OBJECT + "," + more), "[" + found + "]", IouType.BBOX);

    assertThat(result.findings())
        .containsEntry(Finding.ID_ZERO, 1L)
        .containsEntry(Finding.STRAY_ANNOTATION, 2L)
        .containsEntry(Finding.EMPTY_ANNOTATION, 1L)
        .containsEntry(Finding.UNKNOWN_CATEGORY, 1L)
        .containsEntry(Finding.NEGATIVE_SIDE, 1L)
        .containsEntry(Finding.EMPTY_DETECTION, 1L)
        .hasSize(6);
  }

  @Test
  void should_take_whole_numbers_with_a_fraction_of_zero_as_ids() throws IOException {
    String found = FOUND.replace("'category_id':1", "'category_id':1.0");

    assertThat(evaluate(TRUTH, "[" + found + "]", IouType.BBOX).figures().get("AR@300"))
        .hasValue(1);
  }
}
