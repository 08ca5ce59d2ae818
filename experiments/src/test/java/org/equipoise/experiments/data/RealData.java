package org.equipoise.experiments.data;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;

/** The folder of real data sets in their publishers' layouts, for tests that want them. */
public final class RealData {

  /** Names the folder; tests that need it are skipped without. */
  public static final String PROPERTY = "equipoise.data";

  private RealData() {}

  /** Returns the folder; skips the test if none is named. */
  public static Path folder() {
    String folder = System.getProperty(PROPERTY, "");
    assumeTrue(!folder.isBlank(), "needs real data: -D" + PROPERTY + "=FOLDER");
    return Path.of(folder);
  }
}
