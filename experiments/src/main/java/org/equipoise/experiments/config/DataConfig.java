package org.equipoise.experiments.config;

/**
 * How the files of a data set are treated.
 *
 * @param acceptUnverified whether well-formed files with another checksum than the published one
 *     are accepted; recorded with every run
 */
public record DataConfig(boolean acceptUnverified) {

  /** Accepts published files only. */
  public DataConfig() {
    this(false);
  }
}
