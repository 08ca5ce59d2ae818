package org.equipoise.experiments.data.images;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Decodes JPEG and PNG files to bytes as the Python Imaging Library does: no colour profile is
 * applied, no orientation; transparency is dropped.
 *
 * <p>Grey, colour and ink (CMYK, YCCK) JPEG files; PNG files of every kind, of 16 bits the upper
 * eight. What a file is, its contents say, not its name. A JPEG file whose pixels the reader had to
 * make up is damaged, though it could be shown ({@link JpegWarnings}). Safe for use by several
 * threads.
 */
final class ImageDecoder {

  private static final int UPPER_BYTE = 8;

  private ImageDecoder() {}

  /**
   * Decodes a file.
   *
   * @param file the file
   * @param channels 1 for grey, 3 for red, green and blue; the image is converted
   * @return the image
   * @throws DamagedImageException if the file is missing, damaged, or neither JPEG nor PNG
   */
  static Pixels decode(Path file, int channels) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      ImageHeader header = ImageCheck.read(Content.of(bytes));
      Pixels own =
          header instanceof ImageHeader.Jpeg jpeg
              ? InkAndLight.convert(jpeg, jpeg(bytes))
              : png(bytes);
      return own.channels() == channels ? own : channels == 1 ? grey(own) : threefold(own);
    } catch (NoSuchFileException e) {
      throw new DamagedImageException(file, ImageCheck.missing(file), e);
    } catch (MalformedImageException e) {
      throw new DamagedImageException(file, e.getMessage(), e);
      // The JDK's readers throw all sorts of things at what they did not expect.
    } catch (IOException | RuntimeException e) {
      throw new DamagedImageException(file, "cannot be decoded: " + e.getMessage(), e);
    }
  }

  // As a raster: the components as they were stored, untouched by the profile in the file.
  private static Raster jpeg(byte[] bytes) throws IOException, MalformedImageException {
    JpegFile.giveKnownVersion(bytes);
    ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
    JpegWarnings warnings = new JpegWarnings(bytes.length);
    Raster raster;
    try (ImageInputStream in = open(bytes)) {
      reader.addIIOReadWarningListener(warnings);
      reader.setInput(in, true, true);
      raster = reader.readRaster(0, null);
    } finally {
      reader.dispose();
    }
    Optional<String> damage = warnings.damage();
    if (damage.isPresent()) {
      throw new MalformedImageException(
          "is damaged between its header and its end: " + damage.get());
    }
    return raster;
  }

  private static Pixels png(byte[] bytes) throws IOException, MalformedImageException {
    ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();
    try (ImageInputStream in = open(bytes)) {
      reader.setInput(in, true, true);
      BufferedImage image = reader.read(0);
      return image.getColorModel() instanceof IndexColorModel palette
          ? lookUp(image.getRaster(), palette)
          : withoutAlpha(image.getRaster(), image.getColorModel());
    } finally {
      reader.dispose();
    }
  }

  private static ImageInputStream open(byte[] bytes) {
    return new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes));
  }

  private static Pixels lookUp(Raster raster, IndexColorModel palette) {
    int width = raster.getWidth();
    byte[] values = new byte[Math.multiplyExact(3, width * raster.getHeight())];
    int[] row = new int[width];
    int at = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getSamples(0, y, width, 1, 0, row);
      for (int index : row) {
        values[at++] = (byte) palette.getRed(index);
        values[at++] = (byte) palette.getGreen(index);
        values[at++] = (byte) palette.getBlue(index);
      }
    }
    return new Pixels(raster.getHeight(), width, 3, values);
  }

  private static Pixels withoutAlpha(Raster raster, ColorModel model)
      throws MalformedImageException {
    int bits = model.getComponentSize(0);
    if (bits != Byte.SIZE && bits != Short.SIZE) {
      throw new MalformedImageException("has " + bits + " bits a sample; expected 8 or 16");
    }
    int bands = raster.getNumBands();
    int channels = bands < 3 ? 1 : 3;
    int shift = bits == Short.SIZE ? UPPER_BYTE : 0;
    int width = raster.getWidth();
    byte[] values = new byte[Math.multiplyExact(channels, width * raster.getHeight())];
    int[] row = new int[width * bands];
    int at = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(0, y, width, 1, row);
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < channels; c++) {
          values[at++] = (byte) (row[x * bands + c] >> shift);
        }
      }
    }
    return new Pixels(raster.getHeight(), width, channels, values);
  }

  private static Pixels threefold(Pixels grey) {
    byte[] values = new byte[Math.multiplyExact(3, grey.values().length)];
    for (int i = 0; i < values.length; i++) {
      values[i] = grey.values()[i / 3];
    }
    return new Pixels(grey.height(), grey.width(), 3, values);
  }

  private static Pixels grey(Pixels colour) {
    byte[] from = colour.values();
    byte[] values = new byte[from.length / 3];
    for (int i = 0; i < values.length; i++) {
      // The weights 0.299, 0.587 and 0.114 in 65536ths.
      int sum =
          19_595 * Byte.toUnsignedInt(from[3 * i])
              + 38_470 * Byte.toUnsignedInt(from[3 * i + 1])
              + 7_471 * Byte.toUnsignedInt(from[3 * i + 2]);
      values[i] = (byte) ((sum + 32_768) >> 16);
    }
    return new Pixels(colour.height(), colour.width(), 1, values);
  }
}
