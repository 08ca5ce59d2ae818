package org.equipoise.cli;

/** Says what is wrong with a command line that could be read. */
final class UsageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
