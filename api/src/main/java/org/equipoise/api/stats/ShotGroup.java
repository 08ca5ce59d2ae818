package org.equipoise.api.stats;

/**
 * The many/medium/few-shot group of a class, by its number of images in the full published train
 * set.
 *
 * @see <a href="https://arxiv.org/abs/1904.05160">Liu et al. 2019, Large-Scale Long-Tailed
 *     Recognition in an Open World, section 4 (many &gt; 100, few &lt; 20)</a>
 */
public enum ShotGroup {
  /** More than 100 images. */
  MANY,
  /** 20 to 100 images, both included. */
  MEDIUM,
  /** Fewer than 20 images. */
  FEW;

  /**
   * Returns the group of a class.
   *
   * @param trainImages the class's number of images in the full published train set, &gt;= 0
   * @return the group
   */
  public static ShotGroup of(long trainImages) {
    if (trainImages > 100) {
      return MANY;
    }
    return trainImages >= 20 ? MEDIUM : FEW;
  }
}
