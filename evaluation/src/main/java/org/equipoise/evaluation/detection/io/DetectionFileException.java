package org.equipoise.evaluation.detection.io;

import java.io.IOException;
import java.nio.file.Path;

/** Says what is wrong with a file of annotations or detections, and where. */
public final class DetectionFileException extends IOException {

  private static final long serialVersionUID = 1L;

  DetectionFileException(Path file, String place, String reason, Throwable cause) {
    super(file + ": " + (place.isEmpty() ? "" : place + ": ") + reason, cause);
  }
}
