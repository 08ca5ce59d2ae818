package org.equipoise.evaluation.detection.shape;

import java.util.Arrays;

/**
 * Fills a polygon by the rule of COCO's {@code rleFrPoly}: the outline is walked on a grid five
 * times as fine, and where it passes the middle of a column, the mask switches.
 *
 * <p>COCO's code visits every fine step of the outline. Here the few steps that can switch anything
 * are computed, with the same roundings, so that the cost is in columns and not in fine steps, and
 * an outline that runs far outside of the image costs nothing there.
 */
final class PolygonRaster {

  private static final double SCALE = 5;
  private static final int STEPS = 5;

  /** The fine step of a column after which the mask switches: its middle. */
  private static final int MIDDLE = 2;

  /** What a polygon of sense cannot need; 64 MB. */
  private static final int MOST_SWITCHES = 1 << 24;

  private final int height;
  private final int width;
  private int[] switches = new int[64];
  private int size;

  private PolygonRaster(int height, int width) {
    this.height = height;
    this.width = width;
  }

  /**
   * Returns the runs of a filled polygon.
   *
   * @param xy x and y of each corner in turn; an odd last number is left out
   */
  static int[] runs(double[] xy, int height, int width) {
    PolygonRaster raster = new PolygonRaster(height, width);
    int corners = xy.length / 2;
    int[] x = new int[corners + 1];
    int[] y = new int[corners + 1];
    for (int j = 0; j < corners; j++) {
      // Truncates towards zero, which matters for negative coordinates.
      x[j] = (int) (SCALE * xy[2 * j] + .5);
      y[j] = (int) (SCALE * xy[2 * j + 1] + .5);
    }
    x[corners] = x[0];
    y[corners] = y[0];
    for (int j = 0; j < corners; j++) {
      raster.edge(x[j], y[j], x[j + 1], y[j + 1]);
    }
    return raster.toRuns();
  }

  private void edge(int xa, int ya, int xb, int yb) {
    long dx = Math.abs((long) xb - xa);
    long dy = Math.abs((long) yb - ya);
    if (dx >= dy) {
      if (dx > 0) {
        flat(Math.min(xa, xb), xa > xb ? yb : ya, xa > xb ? ya : yb, dx);
      }
    } else if (dx > 0) {
      steep(Math.min(ya, yb), ya > yb ? xb : xa, ya > yb ? xa : xb, dy);
    }
  }

  /** An edge on which each step goes to the next fine column. */
  private void flat(int xs, int ys, int ye, long dx) {
    double slope = (double) ((long) ye - ys) / dx;
    long last = Math.min(width - 1L, Math.floorDiv(xs + dx - 1 - MIDDLE, (long) STEPS));
    for (long column = firstColumn(xs); column <= last; column++) {
      long t = STEPS * column + MIDDLE - xs;
      add(column, Math.min(at(ys, slope, t), at(ys, slope, t + 1)));
    }
  }

  /** An edge on which each step goes to the next fine row, and only some to another column. */
  private void steep(int ys, int xs, int xe, long dy) {
    double slope = (double) ((long) xe - xs) / dy;
    long last = Math.min(width - 1L, Math.floorDiv(Math.max(xs, xe) - 1L - MIDDLE, (long) STEPS));
    for (long column = firstColumn(Math.min(xs, xe)); column <= last; column++) {
      long middle = STEPS * column + MIDDLE;
      long t = Math.round((middle + .5 - xs) / slope);
      t = Math.max(1, Math.min(dy, t));
      while (t > 1 && isPast(xs, slope, t - 1, middle)) {
        t--;
      }
      while (t <= dy && !isPast(xs, slope, t, middle)) {
        t++;
      }
      if (t <= dy) {
        add(column, ys + t - 1);
      }
    }
  }

  private static boolean isPast(int xs, double slope, long t, long middle) {
    int x = at(xs, slope, t);
    return slope > 0 ? x > middle : x <= middle;
  }

  private static long firstColumn(int x) {
    return Math.max(0, -Math.floorDiv(-((long) x - MIDDLE), (long) STEPS));
  }

  private static int at(int start, double slope, long t) {
    return (int) (start + slope * t + .5);
  }

  private void add(long column, long fineRow) {
    long row = fineRow <= MIDDLE ? 0 : Math.min(height, (fineRow - MIDDLE + STEPS - 1) / STEPS);
    if (size == switches.length) {
      if (size >= MOST_SWITCHES) {
        throw new IllegalArgumentException(
            "polygon: crosses more than " + MOST_SWITCHES + " columns of pixels");
      }
      switches = Arrays.copyOf(switches, 2 * size);
    }
    switches[size++] = (int) (column * height + row);
  }

  private int[] toRuns() {
    int[] places = Arrays.copyOf(switches, size + 1);
    places[size] = height * width;
    Arrays.sort(places, 0, size);
    int[] runs = new int[places.length];
    int count = 0;
    int before = 0;
    boolean join = false;
    for (int place : places) {
      int run = place - before;
      before = place;
      if (join) {
        // Two switches at one place undo each other.
        runs[count - 1] += run;
        join = false;
      } else if (run > 0 || count == 0) {
        runs[count++] = run;
      } else {
        join = true;
      }
    }
    return Arrays.copyOf(runs, count);
  }
}
