package org.equipoise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import org.junit.jupiter.api.Test;

class FlowYamlTest {

  @Test
  void should_read_as_people_write_if_values_are_plain() throws Exception {
    JsonNode tree =
        new ObjectMapper()
            .readTree(
                "{\"type\": \"acme/foo\", \"a\": 0.5, \"b\": [1, true], \"c\": {\"d\": \"x\"}}");

    assertThat(FlowYaml.of(tree)).isEqualTo("{type: acme/foo, a: 0.5, b: [1, true], c: {d: x}}");
  }

  @Test
  void should_leave_a_key_out_if_it_has_no_value() throws Exception {
    assertThat(FlowYaml.of(new ObjectMapper().readTree("{\"a\": null, \"b\": 1}")))
        .isEqualTo("{b: 1}");
  }

  @Test
  void should_mean_the_same_to_a_yaml_reader_if_texts_are_awkward() throws Exception {
    JsonNode tree =
        new ObjectMapper()
            .readTree(
                "{\"a\": \"yes\", \"b\": \"1.5\", \"c\": \"x: y, z\", \"d\": \"\", \"e\": \"null\","
                    + " \"f\": \"a\\\"b\", \"g\": \"#1\", \"h\": 1.0E-5, \"i\": []}");

    assertThat(new YAMLMapper().readTree(FlowYaml.of(tree))).isEqualTo(tree);
  }
}
