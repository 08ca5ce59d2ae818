package org.equipoise.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExplanationTest {

  @Test
  void should_put_numbers_behind_the_words_in_the_order_of_their_names() {
    Explanation explanation =
        Explanation.of(3, "Shifts class 3.").with("shift", -2.0 / 3).with("prior", 0.5);

    assertThat(explanation.text()).isEqualTo("Shifts class 3. (prior 0.5000, shift -0.6667)");
  }

  @Test
  void should_be_the_words_alone_if_there_are_no_numbers() {
    assertThat(Explanation.of(0, "Nothing.").text()).isEqualTo("Nothing.");
  }
}
