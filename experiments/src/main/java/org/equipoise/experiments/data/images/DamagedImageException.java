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
    this(file + ": " + reason, reason, cause);
  }

  private DamagedImageException(String message, String reason, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /**
   * Says besides what can be done.
   *
   * @param advice follows the message
   * @return the same, with advice in the message; the reason stays
   */
  public DamagedImageException advising(String advice) {
    return new DamagedImageException(getMessage() + advice, reason, getCause());
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
