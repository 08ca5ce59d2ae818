package org.equipoise.experiments.data.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.equipoise.experiments.data.images.WrittenImages.jpegOf;
import static org.equipoise.experiments.data.images.WrittenImages.middleOfPixels;
import static org.equipoise.experiments.data.images.WrittenImages.smooth;
import static org.equipoise.experiments.data.images.WrittenImages.withAdobe;
import static org.equipoise.experiments.data.images.WrittenImages.write;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDecoderTest {

  private static final int WIDTH = 37;
  private static final int HEIGHT = 23;

  @TempDir private Path folder;

  private interface Expected {
    int at(int x, int y, int channel);
  }

  private static int at(Pixels pixels, int x, int y, int channel) {
    int index = (y * pixels.width() + x) * pixels.channels() + channel;
    return Byte.toUnsignedInt(pixels.values()[index]);
  }

  private static void expect(Pixels pixels, int tolerance, Expected expected) {
    assertThat(pixels.height()).isEqualTo(HEIGHT);
    assertThat(pixels.width()).isEqualTo(WIDTH);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        for (int c = 0; c < pixels.channels(); c++) {
          assertThat(at(pixels, x, y, c))
              .as("x %d, y %d, channel %d", x, y, c)
              .isCloseTo(expected.at(x, y, c), within(tolerance));
        }
      }
    }
  }

  private static int colour(int x, int y, int channel) {
    return smooth(x, y, channel, WIDTH, HEIGHT);
  }

  @ParameterizedTest
  @ValueSource(ints = {BufferedImage.TYPE_3BYTE_BGR, BufferedImage.TYPE_4BYTE_ABGR})
  void should_read_the_very_colours_if_a_png_has_them_with_or_without_transparency(int type)
      throws IOException {
    Path file = write(folder.resolve("a.png"), smooth(WIDTH, HEIGHT, type), "png");

    expect(ImageDecoder.decode(file, 3), 0, ImageDecoderTest::colour);
  }

  @Test
  void should_read_the_very_brightness_if_a_png_is_grey() throws IOException {
    BufferedImage image = smooth(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
    Path file = write(folder.resolve("a.png"), image, "png");

    expect(ImageDecoder.decode(file, 1), 0, (x, y, c) -> colour(x, y, 0));
    expect(ImageDecoder.decode(file, 3), 0, (x, y, c) -> colour(x, y, 0));
  }

  @Test
  void should_keep_the_upper_byte_if_a_png_has_16_bits() throws IOException {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_USHORT_GRAY);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        image.getRaster().setSample(x, y, 0, colour(x, y, 0) * 256 + 255 - x);
      }
    }
    Path file = write(folder.resolve("a.png"), image, "png");

    expect(ImageDecoder.decode(file, 1), 0, (x, y, c) -> colour(x, y, 0));
  }

  @Test
  void should_look_up_colours_if_a_png_has_a_palette() throws IOException {
    byte[] red = {10, (byte) 200, 30};
    byte[] green = {(byte) 240, 0, 60};
    byte[] blue = {1, 2, (byte) 255};
    BufferedImage image =
        new BufferedImage(
            WIDTH,
            HEIGHT,
            BufferedImage.TYPE_BYTE_INDEXED,
            new IndexColorModel(8, 3, red, green, blue));
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        image.getRaster().setSample(x, y, 0, (x + y) % 3);
      }
    }
    Path file = write(folder.resolve("a.png"), image, "png");

    byte[][] tables = {red, green, blue};
    expect(
        ImageDecoder.decode(file, 3), 0, (x, y, c) -> Byte.toUnsignedInt(tables[c][(x + y) % 3]));
  }

  @Test
  void should_read_black_and_white_if_a_png_has_one_bit() throws IOException {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_BINARY);
    for (int x = 0; x < WIDTH; x += 2) {
      image.getRaster().setSample(x, 3, 0, 1);
    }
    Path file = write(folder.resolve("a.png"), image, "png");

    expect(ImageDecoder.decode(file, 1), 0, (x, y, c) -> y == 3 && x % 2 == 0 ? 255 : 0);
  }

  @Test
  void should_read_what_the_jdk_reads_if_a_jpeg_is_coloured() throws IOException {
    BufferedImage image = smooth(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
    Path file = write(folder.resolve("a.jpg"), image, "jpeg");
    Raster own = ImageIO.read(file.toFile()).getRaster();

    expect(ImageDecoder.decode(file, 3), 0, (x, y, c) -> own.getSample(x, y, c));
    expect(ImageDecoder.decode(file, 3), 16, ImageDecoderTest::colour);
  }

  @Test
  void should_read_a_grey_jpeg_in_one_channel_or_three() throws IOException {
    BufferedImage image = smooth(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
    Path file = write(folder.resolve("a.jpg"), image, "jpeg");

    expect(ImageDecoder.decode(file, 1), 4, (x, y, c) -> colour(x, y, 0));
    expect(ImageDecoder.decode(file, 3), 4, (x, y, c) -> colour(x, y, 0));
  }

  @Test
  void should_weigh_colours_as_the_eye_does_if_grey_is_asked_for() throws IOException {
    BufferedImage image = smooth(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
    Path file = write(folder.resolve("a.png"), image, "png");

    expect(
        ImageDecoder.decode(file, 1),
        1,
        (x, y, c) ->
            (int) (0.299 * colour(x, y, 0) + 0.587 * colour(x, y, 1) + 0.114 * colour(x, y, 2)));
  }

  // Stored the wrong way round, as Adobe does: 255 is no ink.
  @ParameterizedTest
  @CsvSource({"false", "true"})
  void should_take_light_away_by_ink_if_a_jpeg_is_cmyk(boolean saysSo) throws IOException {
    byte[] jpeg = jpegOf(components(4, ImageDecoderTest::colour));
    Path file = folder.resolve("cmyk.jpg");
    Files.write(file, saysSo ? withAdobe(jpeg, 0) : jpeg);

    expect(ImageDecoder.decode(file, 3), 6, (x, y, c) -> colour(x, y, c) * 200 / 255);
  }

  @Test
  void should_undo_colour_differences_if_a_jpeg_is_ycck() throws IOException {
    // No colour differences: brightness alone, from which the inks are 255 less.
    byte[] jpeg = jpegOf(components(4, (x, y, c) -> c == 0 ? colour(x, y, 0) : c == 3 ? 200 : 128));
    Path file = folder.resolve("ycck.jpg");
    Files.write(file, withAdobe(jpeg, 2));

    expect(ImageDecoder.decode(file, 3), 6, (x, y, c) -> (255 - colour(x, y, 0)) * 200 / 255);
  }

  private static Raster components(int bands, Expected samples) {
    WritableRaster raster =
        Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, WIDTH, HEIGHT, bands, null);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        for (int band = 0; band < bands; band++) {
          raster.setSample(x, y, band, samples.at(x, y, band));
        }
      }
    }
    return raster;
  }

  @Test
  void should_believe_the_contents_if_the_name_says_otherwise() throws IOException {
    BufferedImage image = smooth(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
    Path file = write(folder.resolve("a.JPEG"), image, "png");

    expect(ImageDecoder.decode(file, 3), 0, ImageDecoderTest::colour);
  }

  @ParameterizedTest
  @CsvSource({"jpeg, 0.5", "jpeg, 0.9", "jpeg, 0.999", "png, 0.5", "png, 0.999"})
  void should_say_so_if_a_file_is_cut_short(String format, double share) throws IOException {
    Path file =
        write(
            folder.resolve("a." + format),
            smooth(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR),
            format);
    WrittenImages.truncate(file, share);

    assertThat(ImageCheck.complaint(file)).get().asString().contains("ends too early");
    assertThatThrownBy(() -> ImageDecoder.decode(file, 3))
        .isInstanceOf(DamagedImageException.class)
        .hasMessageStartingWith(file + ": ends too early");
  }

  @Test
  void should_accept_bytes_after_the_end() throws IOException {
    for (String format : new String[] {"png", "jpeg"}) {
      Path file =
          write(
              folder.resolve("a." + format),
              smooth(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR),
              format);
      byte[] whole = Files.readAllBytes(file);
      byte[] longer = java.util.Arrays.copyOf(whole, whole.length + 10_000);
      Files.write(file, longer);

      assertThat(ImageCheck.complaintOnDecoding(file)).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', is empty",
    "'GIF89a and more', is a GIF file; expected a JPEG or PNG file",
    "'RIFF    WEBPVP8 ', is a WebP file; expected a JPEG or PNG file",
    "'<html><body>not found', 'is text, perhaps a web page; expected a JPEG or PNG file'",
    "'abc', is no image; expected a JPEG or PNG file"
  })
  void should_say_what_it_is_if_it_is_no_jpeg_or_png(String content, String reason)
      throws IOException {
    Path file = Files.writeString(folder.resolve("a.jpg"), content);

    assertThat(ImageCheck.complaint(file)).hasValue(reason);
    assertThatThrownBy(() -> ImageDecoder.decode(file, 3)).hasMessage(file + ": " + reason);
  }

  @Test
  void should_say_so_if_a_file_is_missing() {
    Path file = folder.resolve("none.jpg");

    assertThat(ImageCheck.complaint(file)).hasValue("is missing");
    assertThatThrownBy(() -> ImageDecoder.decode(file, 3)).hasMessage(file + ": is missing");
  }

  @Test
  void should_find_what_only_decoding_shows() throws IOException {
    Path file =
        write(folder.resolve("a.png"), smooth(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR), "png");
    byte[] bytes = Files.readAllBytes(file);
    java.util.Arrays.fill(bytes, 60, 90, (byte) 0);
    Files.write(file, bytes);

    assertThat(ImageCheck.complaint(file)).isEmpty();
    assertThat(ImageCheck.complaintOnDecoding(file)).get().asString().contains("be decoded");
  }

  @Test
  void should_refuse_an_image_that_claims_to_be_huge() throws IOException {
    Path file =
        write(folder.resolve("a.png"), smooth(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR), "png");
    byte[] bytes = Files.readAllBytes(file);
    bytes[17] = 1;
    bytes[21] = 1;
    Files.write(file, bytes);

    assertThat(ImageCheck.complaint(file)).get().asString().contains("expected at most 89 million");
  }

  /** What becomes of a JPEG file's bytes from the middle of its pixels on. */
  private enum Harm {
    CUT {
      @Override
      byte[] to(byte[] jpeg, int middle) {
        byte[] half = Arrays.copyOf(jpeg, middle + 2);
        half[middle] = (byte) 0xff;
        half[middle + 1] = (byte) 0xd9;
        return half;
      }
    },
    ZEROED {
      @Override
      byte[] to(byte[] jpeg, int middle) {
        return filled(jpeg, middle, (byte) 0);
      }
    },
    OVERWRITTEN {
      @Override
      byte[] to(byte[] jpeg, int middle) {
        return filled(jpeg, middle, (byte) 0x55);
      }
    };

    abstract byte[] to(byte[] jpeg, int middle);

    private static byte[] filled(byte[] jpeg, int from, byte value) {
      byte[] harmed = jpeg.clone();
      Arrays.fill(harmed, from, jpeg.length - 2, value);
      return harmed;
    }
  }

  @ParameterizedTest
  @EnumSource(Harm.class)
  void should_find_damage_in_the_middle_of_a_jpeg_smooth_or_not(Harm harm) throws IOException {
    for (boolean rough : new boolean[] {false, true}) {
      byte[] whole = photograph(rough);
      Path file = Files.write(folder.resolve("a.jpg"), whole);
      assertThat(ImageCheck.complaintOnDecoding(file)).isEmpty();
      Files.write(file, harm.to(whole, middleOfPixels(whole)));

      assertThat(ImageCheck.complaint(file)).isEmpty();
      assertThat(ImageCheck.complaintOnDecoding(file))
          .as("rough: %s", rough)
          .get()
          .asString()
          .startsWith("is damaged between its header and its end: Corrupt JPEG data: ");
      assertThatThrownBy(() -> ImageDecoder.decode(file, 3))
          .isInstanceOf(DamagedImageException.class)
          .hasMessageStartingWith(file + ": is damaged between");
    }
  }

  @Test
  void should_read_all_pixels_if_a_few_bytes_of_a_jpeg_belong_to_none() throws IOException {
    byte[] whole = photograph(true);
    int extra = whole.length / 25;
    byte[] longer = Arrays.copyOf(whole, whole.length + extra);
    Arrays.fill(longer, whole.length - 2, longer.length, (byte) 0);
    longer[longer.length - 2] = (byte) 0xff;
    longer[longer.length - 1] = (byte) 0xd9;
    Path sound = Files.write(folder.resolve("sound.jpg"), whole);
    Path file = Files.write(folder.resolve("a.jpg"), longer);

    assertThat(ImageCheck.complaintOnDecoding(file)).isEmpty();
    assertThat(ImageDecoder.decode(file, 3).values())
        .isEqualTo(ImageDecoder.decode(sound, 3).values());
  }

  @Test
  void should_read_a_jpeg_of_an_unknown_version_and_still_find_its_damage() throws IOException {
    byte[] whole = photograph(true);
    Path sound = Files.write(folder.resolve("sound.jpg"), whole);
    byte[] strange = whole.clone();
    strange[11] = 0;
    strange[12] = 0;
    Path file = Files.write(folder.resolve("a.jpg"), strange);

    assertThat(ImageDecoder.decode(file, 3).values())
        .isEqualTo(ImageDecoder.decode(sound, 3).values());
    Files.write(file, Harm.CUT.to(strange, middleOfPixels(strange)));
    assertThat(ImageCheck.complaintOnDecoding(file))
        .hasValue(
            "is damaged between its header and its end: Corrupt JPEG data: premature end of data"
                + " segment");
  }

  @Test
  void should_read_a_jpeg_whose_colours_have_an_unknown_number() throws IOException {
    Path file =
        Files.write(folder.resolve("a.jpg"), withAdobe(jpegOf(components(3, (x, y, c) -> 90)), 7));

    assertThat(ImageCheck.complaintOnDecoding(file)).isEmpty();
  }

  private static byte[] photograph(boolean rough) throws IOException {
    int width = 160;
    int height = 120;
    WritableRaster raster =
        Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, width, height, 3, null);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int band = 0; band < 3; band++) {
          int grain = rough ? (x * 37 + y * 101 + x * y * 13 + band * 7) % 61 : 0;
          raster.setSample(x, y, band, smooth(x, y, band, width, height) * 3 / 4 + grain);
        }
      }
    }
    byte[] components = jpegOf(raster);
    // With the segment that most files have.
    byte[] jfif = {
      (byte) 0xff, (byte) 0xe0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 2, 0, 0, 1, 0, 1, 0, 0
    };
    byte[] jpeg = new byte[components.length + jfif.length];
    System.arraycopy(components, 0, jpeg, 0, 2);
    System.arraycopy(jfif, 0, jpeg, 2, jfif.length);
    System.arraycopy(components, 2, jpeg, 2 + jfif.length, components.length - 2);
    return jpeg;
  }
}
