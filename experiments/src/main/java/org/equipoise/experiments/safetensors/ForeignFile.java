package org.equipoise.experiments.safetensors;

import java.util.Optional;

/** What a file is that was taken for safetensors, by its first bytes. */
final class ForeignFile {

  private static final String CONVERT = "; docs/weights.md says how to convert one";
  private static final int PICKLE = 0x80;
  private static final int OLDEST_PROTOCOL = 2;
  private static final int NEWEST_PROTOCOL = 5;

  private ForeignFile() {}

  /**
   * Tells what a file is.
   *
   * @param start its first nine bytes, or all
   * @return what it looks like, if that is known
   */
  static Optional<String> kind(byte[] start) {
    // With a brace in the ninth place these bytes may be the length of a header.
    if (start.length < 4 || start[start.length - 1] == '{') {
      return Optional.empty();
    }
    if (start[0] == 'P' && start[1] == 'K' && start[2] == 3 && start[3] == 4) {
      return Optional.of("a PyTorch checkpoint (a zip archive)" + CONVERT);
    }
    boolean isPickle =
        Byte.toUnsignedInt(start[0]) == PICKLE
            && start[1] >= OLDEST_PROTOCOL
            && start[1] <= NEWEST_PROTOCOL;
    return isPickle
        ? Optional.of("a PyTorch checkpoint of old (a pickle)" + CONVERT)
        : Optional.empty();
  }
}
