package org.equipoise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateCommandTest {

  private static final String TRUTH =
      """
      {"images": [{"id": 7, "height": 50, "width": 50,
                   "neg_category_ids": [2], "not_exhaustive_category_ids": []}],
       "categories": [{"id": 1, "name": "cat, grey", "frequency": "r"},
                      {"id": 2, "name": "dog", "frequency": "f"}],
       "annotations": [{"id": 1, "image_id": 7, "category_id": 1, "area": 400,
                        "bbox": [5, 5, 20, 20], "iscrowd": 0,
                        "segmentation": [[5, 5, 25, 5, 25, 25, 5, 25]]}]}
      """;
  private static final String FOUND =
      """
      [{"image_id": 7, "category_id": 1, "bbox": [5, 5, 20, 16], "score": 0.9},
       {"image_id": 7, "category_id": 2, "bbox": [5, 5, 20, 20], "score": 0.8},
       {"image_id": 7, "category_id": 3, "bbox": [5, 5, 20, 20], "score": 0.7}]
      """;

  @TempDir private Path folder;
  private Path truth;
  private Path found;

  @BeforeEach
  void write() throws IOException {
    truth = Files.writeString(folder.resolve("gt.json"), TRUTH);
    found = folder.resolve("dt.json.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(found))) {
      out.write(FOUND.getBytes(StandardCharsets.UTF_8));
    }
  }

  private CommandRun evaluate(String rules, String type, String... more) {
    String[] args = {
      "evaluate",
      rules,
      "--ground-truth",
      truth.toString(),
      "--detections",
      found.toString(),
      "--iou-type",
      type
    };
    String[] all = Arrays.copyOf(args, args.length + more.length);
    System.arraycopy(more, 0, all, args.length, more.length);
    return CommandRun.of(all);
  }

  @Test
  void should_show_the_official_figures_and_what_was_dropped() {
    CommandRun run = evaluate("lvis", "bbox");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("LVIS, bbox: 1 images, 1 categories with objects, 1 objects, 3 detections")
        .containsPattern("(?m)^  AP +70\\.00  IoU 0\\.50 to 0\\.95$")
        .containsPattern("(?m)^  APm +–  medium objects$")
        .containsPattern("(?m)^  AR@300 +70\\.00  recall")
        .containsPattern("(?m)^ +1  detections of categories that the ground truth does not have");
    assertThat(run.err()).isEmpty();
    CommandRun coco = evaluate("coco", "segm");
    assertThat(coco.code()).as(coco.err()).isZero();
    assertThat(coco.out()).contains("COCO, segm: ").contains("AR@10 ").doesNotContain("APr");
  }

  @Test
  void should_write_everything_if_asked() throws IOException {
    Path json = folder.resolve("out/result.json");
    Path table = folder.resolve("categories.csv");

    CommandRun run =
        evaluate(
            "lvis",
            "bbox",
            "--json",
            json.toString(),
            "--per-category",
            table.toString(),
            "--ap-fixed",
            "--threads",
            "2");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).containsPattern("(?m)^ +official +fixed$");
    JsonNode written = new ObjectMapper().readTree(json.toFile());
    assertThat(written.fieldNames())
        .toIterable()
        .containsExactly(
            "iou_type",
            "results",
            "per_category",
            "frequency_groups",
            "counts",
            "tp_fp_ignored_by_area_and_iou",
            "ap_fixed");
    assertThat(written.at("/results/APf").asDouble()).isEqualTo(-1);
    assertThat(written.at("/per_category/1/recall_by_iou")).hasSize(10);
    assertThat(written.at("/ap_fixed/AR").asDouble()).isEqualTo(0.7);
    assertThat(Files.readAllLines(table))
        .hasSize(2)
        .first()
        .isEqualTo("id,name,frequency,annotations,detections,AP,AP50,AP75,APs,APm,APl,AR");
    assertThat(Files.readAllLines(table).get(1)).startsWith("1,\"cat, grey\",r,1,1,0.7");
  }

  @Test
  void should_say_file_entry_and_reason_if_a_file_is_wrong() throws IOException {
    Files.writeString(truth, TRUTH.replace("400", "\"400\""));
    CommandRun run = evaluate("lvis", "bbox", "--json", folder.resolve("out.json").toString());

    assertThat(run.code()).isEqualTo(ExitCodes.FAILED);
    assertThat(run.err())
        .isEqualToNormalizingNewlines(
            "equipoise: " + truth + ": annotation 1: area: expected a number, found a string\n");
    assertThat(run.out()).isEmpty();
    assertThat(folder.resolve("out.json")).doesNotExist();
  }

  @Test
  void should_end_with_2_if_the_command_line_is_wrong() {
    assertThat(evaluate("voc", "bbox").err()).contains("expected coco or lvis, found \"voc\"");
    assertThat(evaluate("lvis", "box").err()).contains("expected bbox or segm, found \"box\"");
    assertThat(evaluate("coco", "bbox", "--ap-fixed").err()).contains("--ap-fixed: is for lvis");
    assertThat(evaluate("lvis", "bbox", "--drop-boxes").err())
        .contains("--drop-boxes: is for --iou-type segm");
    CommandRun threads = evaluate("lvis", "bbox", "--threads", "0");
    assertThat(threads.err()).contains("--threads: must be >= 1, is 0");
    assertThat(threads.code()).isEqualTo(ExitCodes.USAGE);
    assertThat(CommandRun.of("evaluate", "lvis").code()).isEqualTo(ExitCodes.USAGE);
  }

  @Test
  void should_show_how_far_a_large_file_is_read() {
    StringWriter err = new StringWriter();
    try (FileProgress lines = new FileProgress.Lines(found, new PrintWriter(err), Duration.ZERO)) {
      lines.read(1_000_000, 2_000_000);
      lines.read(50_000_000, 120_000_000);
    }

    assertThat(err.toString()).isEqualToNormalizingNewlines("dt.json.gz: 50 of 120 MB read\n");
  }
}
