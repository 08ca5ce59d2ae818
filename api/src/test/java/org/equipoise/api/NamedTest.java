package org.equipoise.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamedTest {

  private record BalancedSoftmax() implements Named {}

  @Test
  void should_be_named_after_its_type() {
    assertThat(new BalancedSoftmax().typeName()).isEqualTo("balanced-softmax");
  }

  @ParameterizedTest
  @CsvSource({
    "BalancedSoftmax, balanced-softmax",
    "Crt, crt",
    "LDAM, ldam",
    "VSLoss, vs-loss",
    "EqlV2, eql-v2",
    "SmallCnn, small-cnn",
    "Top5Accuracy, top5-accuracy"
  })
  void should_turn_camel_case_into_kebab_case(String simpleName, String typeName) {
    assertThat(Named.kebabCase(simpleName)).isEqualTo(typeName).matches(Named.TYPE_NAME);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ldam", "eql-v2", "acme/my-loss", "acme-2/x"})
  void should_accept_kebab_case_with_or_without_a_vendor(String typeName) {
    assertThat(typeName).matches(Named.TYPE_NAME);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "Ldam", "a--b", "-a", "a-", "acme/", "/x", "a/b/c", "2x", "a_b", "größe"})
  void should_refuse_other_names(String typeName) {
    assertThat(typeName).doesNotMatch(Named.TYPE_NAME);
  }
}
