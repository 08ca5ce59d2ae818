package com.acme;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.equipoise.api.metric.Predictions;
import org.junit.jupiter.api.Test;

class HeadBoundsTest {

  private static final Path PAGE =
      Path.of("").toAbsolutePath().getParent().getParent().resolve("docs/bounds.md");
  private static final int CLASSES = 4;
  private static final int[] COUNTS = {100_000, 10_000, 1000, 0};
  private static final double NORM = 3.9;

  @Test
  void should_print_the_table_of_the_page() throws Exception {
    assertThat(Files.readString(PAGE))
        .contains("```\n" + HeadBounds.bounds(synthetic(), NORM, 1) + "\n```");
  }

  @Test
  void should_have_no_margin_term_if_a_class_is_empty() {
    Predictions train = synthetic();

    assertThat(HeadBounds.term(train.logits(), CLASSES, train.labels()).voidClasses()).contains(3);
  }

  /** Unit vectors about an axis a class, and a head of rows along the axes less their mean. */
  private static Predictions synthetic() {
    Random random = new Random(1);
    int[] labels = new int[111_000];
    float[] logits = new float[CLASSES * labels.length];
    double scale = NORM / Math.sqrt(CLASSES - 1);
    int at = 0;
    for (int label = 0; label < CLASSES; label++) {
      for (int i = 0; i < COUNTS[label]; i++) {
        double[] feature = new double[CLASSES];
        double squares = 0;
        double sum = 0;
        for (int d = 0; d < CLASSES; d++) {
          feature[d] = (d == label ? 1 : 0) + 0.2 * random.nextGaussian();
          squares += feature[d] * feature[d];
          sum += feature[d];
        }
        for (int c = 0; c < CLASSES; c++) {
          logits[CLASSES * at + c] =
              (float) (scale * (feature[c] - sum / CLASSES) / Math.sqrt(squares));
        }
        labels[at++] = label;
      }
    }
    return new Predictions(logits, CLASSES, labels);
  }
}
