package org.equipoise.experiments.data.images;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Looks at an image file without decoding it. */
public final class ImageCheck {

  /** Larger images are taken for damaged: decoding one would cost hundreds of megabytes. */
  static final long MOST_PIXELS = 89_000_000;

  private ImageCheck() {}

  /**
   * Looks at a file's header and end.
   *
   * <p>A few short reads; what is wrong between the two, only decoding shows.
   *
   * @param file the file; it need not exist
   * @return what is wrong with it, to follow its name: that it is missing, empty, no JPEG or PNG
   *     file, too large, or ends too early
   */
  public static Optional<String> complaint(Path file) {
    try (FileChannel channel = FileChannel.open(file)) {
      read(Content.of(channel));
      return Optional.empty();
    } catch (MalformedImageException e) {
      return Optional.of(e.getMessage());
    } catch (NoSuchFileException e) {
      return Optional.of(missing(file));
    } catch (IOException e) {
      return Optional.of("cannot be read: " + e.getMessage());
    }
  }

  /**
   * Decodes a whole file and throws the image away: what this finds is what stops training.
   *
   * @param file the file; it need not exist
   * @return what is wrong with it, to follow its name
   */
  public static Optional<String> complaintOnDecoding(Path file) {
    try {
      ImageDecoder.decode(file, 3);
      return Optional.empty();
    } catch (DamagedImageException e) {
      return Optional.of(e.reason());
    }
  }

  /**
   * Reads how large an image is, from the file's header.
   *
   * @param file an image file
   * @return rows or columns, whichever are fewer
   * @throws DamagedImageException if the header or the end of the file is damaged
   */
  public static int shorterSide(Path file) {
    try (FileChannel channel = FileChannel.open(file)) {
      ImageHeader header = read(Content.of(channel));
      return (int) Math.min(header.height(), header.width());
    } catch (MalformedImageException e) {
      throw new DamagedImageException(file, e.getMessage(), e);
    } catch (IOException e) {
      throw new DamagedImageException(file, "cannot be read: " + e.getMessage(), e);
    }
  }

  /** Says in which way a file is not there, to follow its name. */
  static String missing(Path file) {
    return Files.isSymbolicLink(file) ? "is a link that leads nowhere" : "is missing";
  }

  static ImageHeader read(Content content) throws IOException, MalformedImageException {
    ImageHeader header = ImageHeader.read(content);
    String size = header.width() + " x " + header.height() + " pixels";
    if (header.width() < 1 || header.height() < 1) {
      throw new MalformedImageException("has " + size);
    }
    if (header.width() > MOST_PIXELS / header.height()) {
      throw new MalformedImageException("has " + size + "; expected at most 89 million");
    }
    return header;
  }
}
