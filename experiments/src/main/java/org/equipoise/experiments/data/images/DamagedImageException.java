package org.equipoise.experiments.data.images;

import java.nio.file.Path;

/** An image file that cannot be read; the message names it and says what is wrong. */
public final class DamagedImageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String reason;

  /**
   * Says what is wrong.
   *
   * @param file the file
   * @param reason what is wrong with it, to follow its name
   */
  public DamagedImageException(Path file, String reason) {
    this(file, reason, null);
  }

  DamagedImageException(Path file, String reason, Throwable cause) {
    super(file + ": " + reason, cause);
    this.reason = reason;
  }

  /**
   * Returns what is wrong with the file.
   *
   * @return the message without the file's name
   */
  public String reason() {
    return reason;
  }
}
