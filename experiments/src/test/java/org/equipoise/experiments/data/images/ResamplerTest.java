package org.equipoise.experiments.data.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.equipoise.experiments.data.images.Resampler.Axis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResamplerTest {

  private static final int CHANNELS = 3;

  private static Pixels noise(int height, int width, long seed) {
    byte[] values = new byte[height * width * CHANNELS];
    new SplittableRandom(seed).nextBytes(values);
    return new Pixels(height, width, CHANNELS, values);
  }

  private static byte[] resample(Pixels source, Axis rows, Axis columns) {
    byte[] target = new byte[rows.wanted() * columns.wanted() * CHANNELS];
    Resampler.resample(source, rows, columns, target, 0);
    return target;
  }

  // The definition, in real numbers and two dimensions at once.
  private static double expected(Pixels source, Axis rows, Axis columns, int y, int x, int c) {
    double sum = 0;
    double weights = 0;
    for (int i = 0; i < rows.length(); i++) {
      for (int j = 0; j < columns.length(); j++) {
        double weight = weight(rows, y, i) * weight(columns, x, j);
        int at = ((rows.start() + i) * source.width() + columns.start() + j) * CHANNELS + c;
        sum += weight * Byte.toUnsignedInt(source.values()[at]);
        weights += weight;
      }
    }
    return sum / weights;
  }

  private static double weight(Axis axis, int wanted, int pixel) {
    double scale = (double) axis.length() / axis.newLength();
    double centre = (axis.first() + wanted + 0.5) * scale;
    return Math.max(0, 1 - Math.abs(pixel + 0.5 - centre) / Math.max(1, scale));
  }

  @ParameterizedTest
  @CsvSource({
    // start, length, new length, first, wanted: of rows, then of columns
    "0, 20, 7, 0, 7,    0, 30, 11, 0, 11",
    "3, 12, 9, 0, 9,    5, 21, 9, 0, 9",
    "0, 20, 50, 13, 24, 0, 30, 75, 25, 24",
    "0, 20, 20, 2, 16,  0, 30, 15, 0, 15",
    "19, 1, 4, 0, 4,    29, 1, 4, 0, 4"
  })
  void should_weigh_by_a_triangle_that_grows_where_the_image_shrinks(
      int rowStart,
      int rowLength,
      int newRows,
      int firstRow,
      int wantedRows,
      int columnStart,
      int columnLength,
      int newColumns,
      int firstColumn,
      int wantedColumns) {
    Axis rows = new Axis(rowStart, rowLength, newRows, firstRow, wantedRows);
    Axis columns = new Axis(columnStart, columnLength, newColumns, firstColumn, wantedColumns);
    long seed = 5;
    Pixels source = noise(20, 30, seed);

    byte[] result = resample(source, rows, columns);

    for (int i = 0; i < result.length; i++) {
      int c = i % CHANNELS;
      int x = i / CHANNELS % wantedColumns;
      int y = i / CHANNELS / wantedColumns;
      // Rounded twice: after the columns and after the rows.
      assertThat((double) Byte.toUnsignedInt(result[i]))
          .as("row %d, column %d, channel %d, seed %d", y, x, c, seed)
          .isCloseTo(expected(source, rows, columns, y, x, c), within(1.01));
    }
  }

  @Test
  void should_copy_every_byte_if_the_size_stays() {
    Pixels source = noise(9, 14, 3);
    Axis rows = new Axis(0, 9, 9, 0, 9);
    Axis columns = new Axis(0, 14, 14, 0, 14);

    assertThat(resample(source, rows, columns)).isEqualTo(source.values());
  }

  @Test
  void should_keep_one_colour_as_it_is() {
    byte[] white = new byte[40 * 40 * CHANNELS];
    java.util.Arrays.fill(white, (byte) 255);

    byte[] result =
        resample(
            new Pixels(40, 40, CHANNELS, white),
            new Axis(0, 40, 7, 0, 7),
            new Axis(0, 40, 53, 0, 53));

    assertThat(result).containsOnly((byte) 255);
  }

  // Worked out by hand: from 4 pixels to 2 the triangles weigh 3 3 1 and 1 3 3 sevenths.
  @Test
  void should_give_known_bytes_if_four_become_two() {
    byte[] values = {0, 0, 0, 70, 70, 70, (byte) 140, (byte) 140, (byte) 140, 7, 7, 7};

    byte[] result =
        resample(
            new Pixels(1, 4, CHANNELS, values), new Axis(0, 1, 1, 0, 1), new Axis(0, 4, 2, 0, 2));

    assertThat(result).containsExactly(50, 50, 50, 73, 73, 73);
  }
}
