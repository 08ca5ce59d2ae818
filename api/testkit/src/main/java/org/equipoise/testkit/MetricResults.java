package org.equipoise.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.OptionalDouble;
import org.assertj.core.data.Offset;
import org.equipoise.api.metric.MetricResult;

/** Compares the figures of metrics: integers exactly, reals to 1e-12. */
final class MetricResults {

  private static final Offset<Double> REAL = within(1e-12);

  private MetricResults() {}

  static void assertClose(String what, MetricResult got, MetricResult want) {
    assertThat(got.scalars().keySet()).as(what).isEqualTo(want.scalars().keySet());
    want.scalars()
        .forEach(
            (name, value) ->
                assertThat(got.scalars().get(name))
                    .as("%s: %s", what, name)
                    .isEqualTo(value, REAL));
    assertThat(got.vectors().keySet()).as(what).isEqualTo(want.vectors().keySet());
    want.vectors()
        .forEach((name, value) -> assertVector(what + ": " + name, got.vectors().get(name), value));
    assertThat(got.tables()).as(what).isEqualTo(want.tables());
  }

  private static void assertVector(
      String what, List<OptionalDouble> got, List<OptionalDouble> want) {
    assertThat(got).as(what).hasSameSizeAs(want);
    for (int c = 0; c < want.size(); c++) {
      assertThat(got.get(c).isPresent()).as("%s[%d]", what, c).isEqualTo(want.get(c).isPresent());
      if (want.get(c).isPresent()) {
        assertThat(got.get(c).getAsDouble())
            .as("%s[%d]", what, c)
            .isEqualTo(want.get(c).getAsDouble(), REAL);
      }
    }
  }
}
