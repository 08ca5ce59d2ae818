package org.equipoise.experiments.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;

class MisreadingTest {

  private final JsonMapper mapper = new JsonMapper();

  private static String said(JsonProcessingException e) {
    assertThat(e).isNotNull();
    return Misreading.of(e);
  }

  @Test
  void should_say_line_and_column_and_nothing_of_the_source() {
    assertThat(
            said(
                catchThrowableOfType(
                    JsonProcessingException.class, () -> mapper.readTree("{\n \"a\": [1"))))
        .isEqualTo(
            "line 2, column 9: Unexpected end-of-input: expected close marker for Array (start"
                + " marker at line 2, column 7)");
    assertThat(
            said(
                catchThrowableOfType(
                    JsonProcessingException.class, () -> mapper.readTree("{\n  a}"))))
        .startsWith("line 2, column 3: Unexpected character ('a'");
  }

  @Test
  void should_say_no_line_if_there_is_none() {
    assertThat(
            said(
                catchThrowableOfType(
                    JsonProcessingException.class,
                    () -> mapper.treeToValue(mapper.readTree("\"x\""), Integer.class))))
        .startsWith("Cannot deserialize value of type");
  }
}
