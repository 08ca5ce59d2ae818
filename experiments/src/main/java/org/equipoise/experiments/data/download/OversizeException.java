package org.equipoise.experiments.data.download;

import java.io.IOException;

/** What a server sends, or an archive holds, is more than was published. */
final class OversizeException extends IOException {

  private static final long serialVersionUID = 1L;

  OversizeException(String what, long limit) {
    super(what + ": more than the " + limit + " bytes that were published");
  }
}
