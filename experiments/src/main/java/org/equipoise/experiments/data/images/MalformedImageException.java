package org.equipoise.experiments.data.images;

/** What is wrong with an image whose file is not known here; to follow the file's name. */
final class MalformedImageException extends Exception {

  private static final long serialVersionUID = 1L;

  MalformedImageException(String reason) {
    super(reason);
  }

  MalformedImageException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
