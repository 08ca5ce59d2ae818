package org.equipoise.experiments.registry;

/** Says that no part has a name, which ones there are, and which one may have been meant. */
public final class UnknownPartException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  UnknownPartException(String message) {
    super(message);
  }
}
