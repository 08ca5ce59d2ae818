package org.equipoise.experiments.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {

  private static final List<String> WORDS =
      List.of("gamma", "alpha", "class-balanced", "crt", "learningRate");

  @ParameterizedTest
  @CsvSource({
    "gama, gamma",
    "gmama, gamma",
    "Gamma, gamma",
    "gamm, gamma",
    "klass-balancd, class-balanced",
    "crr, crt",
    "leraningrate, learningRate"
  })
  void should_find_the_nearest_word_if_few_letters_differ(String written, String meant) {
    assertThat(Spelling.nearest(written, WORDS)).contains(meant);
  }

  @ParameterizedTest
  @CsvSource({"zzzzz", "beta", "lr", "cab", "x", "''"})
  void should_find_nothing_if_too_many_letters_differ(String written) {
    assertThat(Spelling.nearest(written, WORDS)).isEmpty();
    assertThat(Spelling.hint(written, WORDS)).isEmpty();
  }

  @Test
  void should_take_the_first_word_if_two_are_equally_near() {
    assertThat(Spelling.nearest("bat", List.of("bad", "cat"))).contains("bad");
    assertThat(Spelling.hint("bat", List.of("bad", "cat"))).isEqualTo(" Did you mean bad?");
  }

  @Test
  void should_not_offer_another_word_of_one_letter() {
    assertThat(Spelling.nearest("x", List.of("k"))).isEmpty();
  }
}
