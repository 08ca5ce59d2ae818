package org.equipoise.evaluation.detection.io;

/** Is told how far the reading of a file has come; called by the reading thread. */
@FunctionalInterface
public interface ReadProgress {

  /** Listens to nothing. */
  ReadProgress NONE = (done, all) -> {};

  /**
   * Takes note; called a few hundred times a file at most.
   *
   * @param done bytes of the file that were read
   * @param all bytes that it has
   */
  void read(long done, long all);
}
