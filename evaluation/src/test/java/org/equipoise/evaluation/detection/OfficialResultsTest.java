package org.equipoise.evaluation.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.equipoise.evaluation.detection.io.DetectionResultJson;
import org.equipoise.testkit.golden.GoldenDetection;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The official tools' numbers: keys and integers exactly, reals to 1e-12. */
@Tag("reference")
class OfficialResultsTest {

  private static final double TOLERANCE = 1e-12;

  private static List<DetectionCase> cases() {
    return DetectionCase.all();
  }

  @Test
  void should_find_the_cases_of_the_folder_that_is_named() {
    Assumptions.assumeTrue(
        GoldenDetection.folder().isPresent(), "no folder of detection cases is named");

    assertThat(cases()).hasSizeGreaterThan(DetectionCase.own().size());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void should_equal_what_the_official_tool_says(DetectionCase one) throws IOException {
    DetectionEvaluation evaluation = new DetectionEvaluation(one.rules(), one.iouType());

    DetectionResult result = evaluation.tally(one.detections()).result();

    ObjectNode expected = (ObjectNode) one.expected();
    // Says how it was made.
    expected.remove("note");
    assertSame("", json(result), expected);
  }

  private static JsonNode json(DetectionResult result) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DetectionResultJson.write(result, Optional.empty(), out);
    return new ObjectMapper().readTree(out.toByteArray());
  }

  private static void assertSame(String at, JsonNode found, JsonNode expected) {
    assertThat(found.getNodeType()).as(at).isEqualTo(expected.getNodeType());
    if (expected.isObject()) {
      List<String> keys = new ArrayList<>();
      expected.fieldNames().forEachRemaining(keys::add);
      assertThat(found.fieldNames()).as(at).toIterable().containsExactlyElementsOf(keys);
      keys.forEach(key -> assertSame(at + "/" + key, found.get(key), expected.get(key)));
    } else if (expected.isArray()) {
      assertThat(found).as(at).hasSameSizeAs(expected);
      for (int i = 0; i < expected.size(); i++) {
        assertSame(at + "/" + i, found.get(i), expected.get(i));
      }
    } else if (expected.isDouble()) {
      assertThat(found.asDouble()).as(at).isCloseTo(expected.asDouble(), within(TOLERANCE));
    } else {
      assertThat(found).as(at).isEqualTo(expected);
    }
  }
}
