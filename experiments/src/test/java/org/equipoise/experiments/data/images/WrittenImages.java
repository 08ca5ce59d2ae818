package org.equipoise.experiments.data.images;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Image files for tests, written by the JDK. */
public final class WrittenImages {

  private WrittenImages() {}

  /** Returns an image of smooth colours, so that JPEG hardly changes it. */
  static BufferedImage smooth(int width, int height, int type) {
    BufferedImage image = new BufferedImage(width, height, type);
    WritableRaster raster = image.getRaster();
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int band = 0; band < raster.getNumBands(); band++) {
          raster.setSample(x, y, band, smooth(x, y, band, width, height));
        }
      }
    }
    return image;
  }

  /** Returns a sample of such an image: it rises to the right, downwards, or to both sides. */
  static int smooth(int x, int y, int band, int width, int height) {
    int right = 255 * x / Math.max(1, width - 1);
    int down = 255 * y / Math.max(1, height - 1);
    return switch (band) {
      case 0 -> right;
      case 1 -> down;
      case 2 -> 255 - (right + down) / 2;
      default -> 200;
    };
  }

  /** Writes an image. */
  static Path write(Path file, BufferedImage image, String format) throws IOException {
    if (!ImageIO.write(image, format, file.toFile())) {
      throw new IOException(file + ": no writer for such an image");
    }
    return file;
  }

  /** Writes bytes (height, width, channels) as a PNG file. */
  public static Path png(Path file, byte[] pixels, int height, int width, int channels)
      throws IOException {
    return write(file, image(pixels, height, width, channels), "png");
  }

  /** Writes bytes (height, width, channels) as a JPEG file. */
  public static Path jpeg(Path file, byte[] pixels, int height, int width, int channels)
      throws IOException {
    return write(file, image(pixels, height, width, channels), "jpeg");
  }

  private static BufferedImage image(byte[] pixels, int height, int width, int channels) {
    int type = channels == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR;
    BufferedImage image = new BufferedImage(width, height, type);
    for (int i = 0; i < pixels.length; i++) {
      int pixel = i / channels;
      image
          .getRaster()
          .setSample(pixel % width, pixel / width, i % channels, Byte.toUnsignedInt(pixels[i]));
    }
    return image;
  }

  /** Returns a JPEG file of components as they are, without a word on what they mean. */
  static byte[] jpegOf(Raster components) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      parameters.setCompressionQuality(1);
      writer.write(null, new IIOImage(components, null, null), parameters);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** Puts Adobe's segment at the start of a JPEG file: 0 for inks, 2 for YCCK. */
  static byte[] withAdobe(byte[] jpeg, int transform) {
    byte[] segment = {
      (byte) 0xff, (byte) 0xee, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, (byte) transform
    };
    byte[] all = new byte[jpeg.length + segment.length];
    System.arraycopy(jpeg, 0, all, 0, 2);
    System.arraycopy(segment, 0, all, 2, segment.length);
    System.arraycopy(jpeg, 2, all, 2 + segment.length, jpeg.length - 2);
    return all;
  }

  /** Overwrites pixels in the middle of a file and leaves header and end as they are. */
  public static void breakPixels(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    if (bytes[1] == 'P') {
      // Pixels have begun by then.
      Arrays.fill(bytes, 60, 90, (byte) 0x55);
    } else {
      Arrays.fill(bytes, middleOfPixels(bytes), bytes.length - 2, (byte) 0x55);
    }
    Files.write(file, bytes);
  }

  /** Returns where half of a JPEG file's pixels are over. */
  static int middleOfPixels(byte[] jpeg) {
    int at = 2;
    boolean scan = false;
    while (!scan) {
      scan = Byte.toUnsignedInt(jpeg[at + 1]) == 0xda;
      at += 2 + Byte.toUnsignedInt(jpeg[at + 2]) * 256 + Byte.toUnsignedInt(jpeg[at + 3]);
    }
    return (at + jpeg.length) / 2;
  }

  /** Cuts a file short. */
  public static void truncate(Path file, double share) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, (int) (bytes.length * share)));
  }
}
