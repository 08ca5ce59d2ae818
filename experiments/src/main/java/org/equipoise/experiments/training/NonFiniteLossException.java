package org.equipoise.experiments.training;

import java.io.Serial;

/** The loss or the weights became NaN or infinite; the last good checkpoint was kept. */
public final class NonFiniteLossException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  NonFiniteLossException(String message) {
    super(message);
  }
}
