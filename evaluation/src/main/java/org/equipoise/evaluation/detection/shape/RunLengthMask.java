package org.equipoise.evaluation.detection.shape;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * A mask as lengths of runs, column by column from the left, each from the top, beginning with a
 * run of background. Immutable.
 *
 * @see <a href="https://github.com/cocodataset/cocoapi/blob/master/common/maskApi.c">maskApi.c</a>
 */
public final class RunLengthMask {

  private final int height;
  private final int width;
  private final int[] runs;
  private final int area;

  /** Whether a run other than the first is of length zero, which few encoders write. */
  private final boolean hasEmptyRun;

  private RunLengthMask(int height, int width, int[] runs) {
    this.height = height;
    this.width = width;
    this.runs = runs;
    int pixels = 0;
    boolean empty = false;
    for (int i = 1; i < runs.length; i++) {
      empty |= runs[i] == 0;
      pixels += (i & 1) == 1 ? runs[i] : 0;
    }
    this.area = pixels;
    this.hasEmptyRun = empty;
  }

  /**
   * Returns the mask of run lengths.
   *
   * @param counts the lengths, background first; their sum is {@code height * width}
   * @param height the number of rows, &gt;= 1
   * @param width the number of columns, &gt;= 1
   * @return the mask
   * @throws IllegalArgumentException if the lengths do not fit the size
   */
  public static RunLengthMask ofCounts(int[] counts, int height, int width) {
    requireSize(height, width);
    long sum = 0;
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] < 0) {
        throw new IllegalArgumentException(
            "counts: run " + (i + 1) + " is " + counts[i] + ", expected >= 0");
      }
      sum += counts[i];
    }
    requireFull(sum, height, width);
    return new RunLengthMask(height, width, counts.clone());
  }

  /**
   * Returns the mask of a string of COCO's form.
   *
   * @param text the string
   * @param height the number of rows, &gt;= 1
   * @param width the number of columns, &gt;= 1
   * @return the mask
   * @throws IllegalArgumentException if it is no such string, or its runs do not fit the size
   */
  public static RunLengthMask ofString(String text, int height, int width) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    return ofString(bytes, 0, bytes.length, height, width);
  }

  /**
   * Returns the mask of a string of COCO's form that is part of an array.
   *
   * @param text the array; not kept
   * @param from where the string begins
   * @param to where it ends, exclusive
   * @param height the number of rows, &gt;= 1
   * @param width the number of columns, &gt;= 1
   * @return the mask
   * @throws IllegalArgumentException if it is no such string, or its runs do not fit the size
   */
  public static RunLengthMask ofString(byte[] text, int from, int to, int height, int width) {
    requireSize(height, width);
    return new RunLengthMask(height, width, RunLengthText.runs(text, from, to, height, width));
  }

  /**
   * Returns the mask of pixels.
   *
   * @param pixels true where the mask is, {@code [row][column]}, rows of equal length
   * @return the mask
   */
  public static RunLengthMask ofPixels(boolean[][] pixels) {
    int height = pixels.length;
    int width = height == 0 ? 0 : pixels[0].length;
    requireSize(height, width);
    int[] runs = new int[height * width + 1];
    int count = 0;
    boolean value = false;
    for (int x = 0; x < width; x++) {
      for (int y = 0; y < height; y++) {
        if (pixels[y][x] != value) {
          count++;
          value = !value;
        }
        runs[count]++;
      }
    }
    return new RunLengthMask(height, width, Arrays.copyOf(runs, count + 1));
  }

  /**
   * Returns the mask of a filled polygon.
   *
   * @param xy x and y of each corner in turn, in pixels, at least one corner; an odd last number is
   *     left out
   * @param height the number of rows, &gt;= 1
   * @param width the number of columns, &gt;= 1
   * @return the mask
   * @throws IllegalArgumentException if there is no corner, or one is not finite
   */
  public static RunLengthMask ofPolygon(double[] xy, int height, int width) {
    requireSize(height, width);
    if (xy.length < 2) {
      throw new IllegalArgumentException("polygon: has no corner");
    }
    for (double value : xy) {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("polygon: has a coordinate " + value);
      }
    }
    return new RunLengthMask(height, width, PolygonRaster.runs(xy, height, width));
  }

  /**
   * Returns the mask of a box, filled as a polygon is.
   *
   * @param box the box, in pixels
   * @param height the number of rows, &gt;= 1
   * @param width the number of columns, &gt;= 1
   * @return the mask
   */
  public static RunLengthMask ofBox(Box box, int height, int width) {
    double right = box.x() + box.width();
    double bottom = box.y() + box.height();
    return ofPolygon(
        new double[] {box.x(), box.y(), box.x(), bottom, right, bottom, right, box.y()},
        height,
        width);
  }

  /**
   * Returns where any of some masks is.
   *
   * @param masks at least one, all of one size
   * @return the union
   * @throws IllegalArgumentException if there is none, or sizes differ
   */
  public static RunLengthMask union(List<RunLengthMask> masks) {
    return merged(masks, false);
  }

  /**
   * Returns where all of some masks are.
   *
   * @param masks at least one, all of one size
   * @return the intersection
   * @throws IllegalArgumentException if there is none, or sizes differ
   */
  public static RunLengthMask intersection(List<RunLengthMask> masks) {
    return merged(masks, true);
  }

  private static RunLengthMask merged(List<RunLengthMask> masks, boolean intersect) {
    if (masks.isEmpty()) {
      throw new IllegalArgumentException("masks: there is none to merge");
    }
    RunLengthMask all = masks.get(0);
    for (RunLengthMask mask : masks.subList(1, masks.size())) {
      if (!all.hasSizeOf(mask)) {
        throw new IllegalArgumentException(
            "masks: cannot merge "
                + size(all.height, all.width)
                + " with "
                + size(mask.height, mask.width));
      }
      all = all.merge(mask, intersect);
    }
    return all;
  }

  /** Run for run as COCO's code does it, ending early where both have a run of length zero. */
  private RunLengthMask merge(RunLengthMask other, boolean intersect) {
    int[] merged = new int[runs.length + other.runs.length];
    int count = 0;
    int run = 0;
    boolean value = false;
    boolean in = false;
    boolean inOther = false;
    int left = runs[0];
    int leftOther = other.runs[0];
    int i = 1;
    int j = 1;
    boolean over = false;
    while (!over) {
      int step = Math.min(left, leftOther);
      run += step;
      left -= step;
      leftOther -= step;
      if (left == 0 && i < runs.length) {
        left = runs[i++];
        in = !in;
      }
      if (leftOther == 0 && j < other.runs.length) {
        leftOther = other.runs[j++];
        inOther = !inOther;
      }
      boolean before = value;
      value = intersect ? in && inOther : in || inOther;
      over = left == 0 && leftOther == 0;
      if (value != before || over) {
        merged[count++] = run;
        run = 0;
      }
    }
    return new RunLengthMask(height, width, Arrays.copyOf(merged, count));
  }

  /**
   * Returns the overlap of a detection, this mask, with another one.
   *
   * @param truth the mask that was to be found
   * @param crowd whether it stands for many objects; the detection's own area is then what the
   *     intersection is divided by
   * @return intersection over union in [0, 1]; -1 if the boxes overlap and the sizes differ
   */
  public double iou(RunLengthMask truth, boolean crowd) {
    if (!(box().iou(truth.box(), crowd) > 0)) {
      return 0;
    }
    return hasSizeOf(truth) ? pixelIou(truth, crowd) : -1;
  }

  /**
   * As {@link #iou}, of masks of one size whose boxes are known to overlap.
   *
   * @param truth the mask that was to be found
   * @param crowd whether the intersection is divided by the detection's own area
   * @return intersection over union in [0, 1]
   */
  public double pixelIou(RunLengthMask truth, boolean crowd) {
    if (hasEmptyRun || truth.hasEmptyRun) {
      return stepwiseIou(truth, crowd);
    }
    int both = shared(runs, truth.runs);
    return both == 0 ? 0 : (double) both / (crowd ? area : area + truth.area - both);
  }

  /** Goes from foreground run to foreground run. */
  private static int shared(int[] mine, int[] theirs) {
    int both = 0;
    int end = 0;
    int theirEnd = 0;
    int start = 0;
    int theirStart = 0;
    int i = 0;
    int j = 0;
    while (true) {
      if (end <= theirEnd) {
        if (i + 1 >= mine.length) {
          return both;
        }
        start = end + mine[i];
        end = start + mine[i + 1];
        i += 2;
      } else {
        if (j + 1 >= theirs.length) {
          return both;
        }
        theirStart = theirEnd + theirs[j];
        theirEnd = theirStart + theirs[j + 1];
        j += 2;
      }
      both += Math.max(0, Math.min(end, theirEnd) - Math.max(start, theirStart));
    }
  }

  /** Goes from run to run as COCO's code does, which matters if there are empty ones. */
  private double stepwiseIou(RunLengthMask truth, boolean crowd) {
    int[] mine = runs;
    int[] theirs = truth.runs;
    int both = 0;
    int any = 0;
    boolean in = false;
    boolean inTruth = false;
    int left = mine[0];
    int leftTruth = theirs[0];
    int i = 1;
    int j = 1;
    // Ends early where both have a run of length zero at one place, as COCO's code does.
    do {
      int step = Math.min(left, leftTruth);
      if (in || inTruth) {
        any += step;
        if (in && inTruth) {
          both += step;
        }
      }
      left -= step;
      if (left == 0 && i < mine.length) {
        left = mine[i++];
        in = !in;
      }
      leftTruth -= step;
      if (leftTruth == 0 && j < theirs.length) {
        leftTruth = theirs[j++];
        inTruth = !inTruth;
      }
    } while (left > 0 || leftTruth > 0);
    return both == 0 ? 0 : (double) both / (crowd ? area : any);
  }

  /**
   * Returns the number of pixels of the mask.
   *
   * @return the area, in pixels
   */
  public int area() {
    return area;
  }

  /**
   * Returns the smallest box around the mask.
   *
   * @return the box, in pixels; of zeros if the mask is empty
   */
  public Box box() {
    int left = width;
    int top = height;
    int right = 0;
    int bottom = 0;
    // Column and row of where a run begins; divisions are dear, and few runs leave their column.
    int x = 0;
    int y = 0;
    for (int i = 0; i < runs.length; i++) {
      int length = runs[i];
      if (i % 2 == 1 && length > 0) {
        int last = y + length - 1;
        left = Math.min(left, x);
        if (last < height) {
          top = Math.min(top, y);
          bottom = Math.max(bottom, last);
          right = Math.max(right, x);
        } else {
          top = 0;
          bottom = height - 1;
          right = Math.max(right, x + last / height);
        }
      }
      y += length;
      if (y >= height) {
        x += y / height;
        y %= height;
      }
    }
    return left == width ? Box.EMPTY : new Box(left, top, right - left + 1, bottom - top + 1);
  }

  /**
   * Returns the run lengths.
   *
   * @return a copy; background first
   */
  public int[] counts() {
    return runs.clone();
  }

  /**
   * Returns the pixels.
   *
   * @return true where the mask is, {@code [row][column]}
   */
  public boolean[][] pixels() {
    boolean[][] pixels = new boolean[height][width];
    int at = 0;
    for (int i = 0; i < runs.length; i++) {
      for (int end = at + runs[i]; at < end; at++) {
        pixels[at % height][at / height] = i % 2 == 1;
      }
    }
    return pixels;
  }

  /**
   * Returns the number of rows.
   *
   * @return the height, in pixels
   */
  public int height() {
    return height;
  }

  /**
   * Returns the number of columns.
   *
   * @return the width, in pixels
   */
  public int width() {
    return width;
  }

  /**
   * Says whether two masks are of images of one size.
   *
   * @param other the other mask
   * @return true if heights and widths are equal
   */
  public boolean hasSizeOf(RunLengthMask other) {
    return height == other.height && width == other.width;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RunLengthMask mask && hasSizeOf(mask) && Arrays.equals(runs, mask.runs);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * height + width) + Arrays.hashCode(runs);
  }

  /** Returns the string of COCO's form. */
  @Override
  public String toString() {
    return RunLengthText.of(runs);
  }

  static void requireFull(long sum, int height, int width) {
    if (sum != (long) height * width) {
      throw new IllegalArgumentException(
          "counts: the runs have "
              + sum
              + " pixels, "
              + size(height, width)
              + " has "
              + (long) height * width);
    }
  }

  static String size(int height, int width) {
    return "a mask of size [" + height + ", " + width + "]";
  }

  static void requireSize(int height, int width) {
    if (height < 1 || width < 1 || (long) height * width > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "size: must be at least 1 x 1 and fewer than 2^31 pixels, is ["
              + height
              + ", "
              + width
              + "]");
    }
  }
}
