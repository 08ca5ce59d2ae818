package org.equipoise.evaluation.detection.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.random.RandomGenerator;
import org.equipoise.testkit.TestSeed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShortDecimalTest {

  private static double of(String text) {
    char[] around = ("9" + text + "9").toCharArray();
    return ShortDecimal.of(around, 1, text.length());
  }

  @Test
  void should_read_what_the_jdk_reads_to_the_bit() {
    TestSeed.run(
        streams -> {
          RandomGenerator random = streams.stream("decimals");
          for (int i = 0; i < 20_000; i++) {
            int decimals = random.nextInt(1, 13);
            double value = (random.nextDouble() - 0.3) * Math.pow(10, random.nextInt(-3, 3));
            String text = String.format(Locale.ROOT, "%." + decimals + "f", value);

            assertThat(Double.doubleToLongBits(of(text)))
                .as(text)
                .isEqualTo(Double.doubleToLongBits(Double.parseDouble(text)));
          }
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0.0", "-0.0", "7.5", "99999999999999.9", "-123456789012.345", "0.30000000000001"})
  void should_read_numbers_of_up_to_15_digits(String text) {
    assertThat(Double.doubleToLongBits(of(text)))
        .isEqualTo(Double.doubleToLongBits(Double.parseDouble(text)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "0",
        "-0",
        "NaN",
        "1e5",
        "1.5E-3",
        "9007199254740993",
        "0.1234567890123456",
        "1.2.3"
      })
  void should_leave_everything_else_to_the_parser(String text) {
    assertThat(of(text)).isNaN();
  }
}
