package org.equipoise.experiments.data.images;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;

/**
 * What the JDK's JPEG reader did not like, and whether pixels are wrong for it.
 *
 * <p>The reader goes on after damage and fills in grey or garbage; it only warns. Damage is what
 * says that the compressed data were wrong or not enough. All other warnings, those not known here
 * among them, are about what surrounds the pixels, and are passed over: a version that nobody has
 * heard of, a colour profile, marks in an unusual order.
 *
 * <p>Bytes that belong to no pixel are between the two. A few occur in good files, ImageNet's among
 * them; many mean that a decoder went astray and came to the last pixel too early.
 *
 * @see <a href="https://github.com/libjpeg-turbo/libjpeg-turbo/blob/main/src/jerror.h">jerror.h,
 *     where the texts come from</a>
 */
final class JpegWarnings implements IIOReadWarningListener {

  /** The share of a file that may belong to no pixel. */
  static final double MOST_EXTRANEOUS = 0.05;

  private static final List<String> DAMAGE =
      List.of(
          "Corrupt JPEG data: premature end of data segment",
          "Corrupt JPEG data: bad Huffman code",
          "Corrupt JPEG data: bad arithmetic code",
          "Corrupt JPEG data: found marker",
          "Premature end of JPEG file",
          "Truncated File");
  private static final Pattern EXTRANEOUS =
      Pattern.compile("Corrupt JPEG data: (\\d{1,18}) extraneous bytes before marker .*");

  private final long fileSize;
  private final List<String> warnings = new ArrayList<>();

  /**
   * Begins to listen.
   *
   * @param fileSize the size of the file, in bytes
   */
  JpegWarnings(long fileSize) {
    this.fileSize = fileSize;
  }

  @Override
  public void warningOccurred(ImageReader source, String warning) {
    warnings.add(warning);
  }

  /** Returns the first warning that says that pixels are wrong. */
  Optional<String> damage() {
    return warnings.stream().filter(this::isDamage).findFirst();
  }

  private boolean isDamage(String warning) {
    Matcher extraneous = EXTRANEOUS.matcher(warning);
    return extraneous.matches()
        ? Long.parseLong(extraneous.group(1)) > MOST_EXTRANEOUS * fileSize
        : DAMAGE.stream().anyMatch(warning::startsWith);
  }
}
