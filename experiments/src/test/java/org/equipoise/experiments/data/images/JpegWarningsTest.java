package org.equipoise.experiments.data.images;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JpegWarningsTest {

  private static JpegWarnings heard(long fileSize, String... texts) {
    JpegWarnings warnings = new JpegWarnings(fileSize);
    for (String text : texts) {
      warnings.warningOccurred(null, text);
    }
    return warnings;
  }

  // The texts of jerror.h, and the last of the JDK's own reader.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Corrupt JPEG data: premature end of data segment",
        "Corrupt JPEG data: bad Huffman code",
        "Corrupt JPEG data: bad arithmetic code",
        "Corrupt JPEG data: found marker 0xd3 instead of RST2",
        "Premature end of JPEG file",
        "Truncated File - Missing EOI marker"
      })
  void should_count_wrong_or_missing_data_as_damage(String text) {
    assertThat(heard(1000, "Warning: something else", text).damage()).hasValue(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Warning: unknown JFIF revision number 0.00",
        "Unknown Adobe color transform code 7",
        "Inconsistent progression sequence for component 0 coefficient 1",
        "Invalid SOS parameters for sequential JPEG",
        "Corrupt JPEG data: bad ICC marker",
        "Application transferred too many scanlines",
        "Embedded color profile is invalid; ignored",
        "A text that nobody has thought of"
      })
  void should_pass_over_what_changes_no_pixel_and_what_is_not_known(String text) {
    assertThat(heard(1000, text).damage()).isEmpty();
  }

  @Test
  void should_count_bytes_of_no_pixel_as_damage_only_if_they_are_many() {
    assertThat(heard(10_000, "Corrupt JPEG data: 500 extraneous bytes before marker 0xd9").damage())
        .isEmpty();
    assertThat(heard(10_000, "Corrupt JPEG data: 501 extraneous bytes before marker 0xd9").damage())
        .hasValue("Corrupt JPEG data: 501 extraneous bytes before marker 0xd9");
    assertThat(heard(10_000, "Corrupt JPEG data: 1 extraneous bytes before marker 0xd4").damage())
        .isEmpty();
  }
}
