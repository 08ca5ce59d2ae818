package org.equipoise.experiments.data.augmentation;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import javax.imageio.ImageIO;
import org.equipoise.api.Described;
import org.equipoise.api.data.AugmentationSpec;
import org.equipoise.api.random.RandomStreams;
import org.equipoise.experiments.engine.TorchEngine;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The page on augmentations shows what they do: its pictures are drawn again and compared.
 *
 * <p>Run with {@code -Dequipoise.pictures=write} to draw them anew after a change that is meant.
 */
class AugmentationPageTest {

  private static final Path DOCS = Path.of("").toAbsolutePath().getParent().resolve("docs");
  private static final boolean WRITE = "write".equals(System.getProperty("equipoise.pictures"));
  private static final int SAMPLES = 8;
  private static final int SCALE = 3;
  private static final int GAP = 4;
  private static final long LARGEST_FILE = 60_000;
  // Rounding may differ on another processor.
  private static final int TOLERANCE = 1;

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  static List<AugmentationSpec> augmentations() {
    return ServiceLoader.load(AugmentationSpec.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(part -> part.getClass().getPackage() == AugmentationPageTest.class.getPackage())
        .toList();
  }

  @Test
  void should_find_the_augmentations() {
    assertThat(augmentations()).hasSizeGreaterThanOrEqualTo(7);
  }

  @ParameterizedTest
  @MethodSource("augmentations")
  void should_show_what_the_augmentation_does(AugmentationSpec part) throws IOException {
    BufferedImage drawn = Picture.row(samples(part), SCALE, GAP);
    Path file = DOCS.resolve("augmentation").resolve(part.typeName() + ".png");
    if (WRITE) {
      ImageIO.write(drawn, "png", file.toFile());
    }

    BufferedImage shown = ImageIO.read(file.toFile());

    assertThat(shown.getWidth()).isEqualTo(drawn.getWidth());
    assertThat(shown.getHeight()).isEqualTo(drawn.getHeight());
    for (int y = 0; y < drawn.getHeight(); y++) {
      for (int x = 0; x < drawn.getWidth(); x++) {
        assertNear(shown.getRGB(x, y), drawn.getRGB(x, y), file + " at " + x + ", " + y);
      }
    }
    assertThat(Files.size(file)).isLessThan(LARGEST_FILE);
  }

  private static void assertNear(int shown, int drawn, String where) {
    for (int shift = 0; shift < 24; shift += 8) {
      int difference = (shown >> shift & 0xff) - (drawn >> shift & 0xff);
      if (Math.abs(difference) > TOLERANCE) {
        throw new AssertionError(
            where
                + ": shown is "
                + Integer.toHexString(shown)
                + ", drawn "
                + Integer.toHexString(drawn)
                + "; if the change is meant, run with -Dequipoise.pictures=write");
      }
    }
  }

  /** The picture itself, then what becomes of it. */
  private static float[] samples(AugmentationSpec part) {
    float[] picture = Picture.pixels();
    float[] samples = new float[SAMPLES * picture.length];
    for (int i = 0; i < SAMPLES; i++) {
      System.arraycopy(picture, 0, samples, i * picture.length, picture.length);
    }
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray batch =
          manager.create(
              Arrays.copyOf(samples, (SAMPLES - 1) * picture.length),
              new Shape(SAMPLES - 1, Picture.SIDE, Picture.SIDE, 3));
      NDArray changed = part.apply(batch, new RandomStreams(1).stream(part.typeName()));
      System.arraycopy(
          changed.toFloatArray(), 0, samples, picture.length, samples.length - picture.length);
    }
    return samples;
  }

  @ParameterizedTest
  @MethodSource("augmentations")
  void should_name_the_keys_and_defaults(AugmentationSpec part)
      throws IOException, ReflectiveOperationException {
    String page = Files.readString(DOCS.resolve("augmentation.md"));

    int begin = page.indexOf("## " + part.typeName() + "\n");
    assertThat(begin).as("a section on %s", part.typeName()).isNotNegative();
    int next = page.indexOf("\n## ", begin);
    String section = page.substring(begin, next < 0 ? page.length() : next);
    assertThat(section)
        .contains("](augmentation/" + part.typeName() + ".png)")
        .contains(part.getClass().getAnnotation(Described.class).summary());
    for (RecordComponent component : part.getClass().getRecordComponents()) {
      Object value = component.getAccessor().invoke(part);
      assertThat(section).contains("| `" + component.getName() + "` | " + text(value) + " |");
    }
  }

  private static String text(Object value) {
    return new DecimalFormat("0.####", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(value);
  }
}
