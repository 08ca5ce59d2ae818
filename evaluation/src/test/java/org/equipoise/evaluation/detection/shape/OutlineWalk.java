package org.equipoise.evaluation.detection.shape;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Fills a polygon the slow way: every step of its outline on a grid five times as fine. */
final class OutlineWalk {

  private OutlineWalk() {}

  static int[] runs(double[] xy, int height, int width) {
    List<int[]> steps = steps(xy);
    List<Integer> switches = new ArrayList<>();
    for (int j = 1; j < steps.size(); j++) {
      int u = steps.get(j)[0];
      int v = steps.get(j)[1];
      int before = steps.get(j - 1)[0];
      if (u == before) {
        continue;
      }
      double column = ((u < before ? u : u - 1) + .5) / 5 - .5;
      if (Math.floor(column) != column || column < 0 || column > width - 1) {
        continue;
      }
      double row = (Math.min(v, steps.get(j - 1)[1]) + .5) / 5 - .5;
      row = Math.ceil(Math.max(0, Math.min(height, row)));
      switches.add(((int) column) * height + (int) row);
    }
    int[] marks = new int[height * width + 1];
    switches.forEach(at -> marks[at]++);
    int[] runs = new int[height * width + 2];
    int count = 0;
    for (int at = 0; at < height * width; at++) {
      if (marks[at] % 2 == 1) {
        count++;
      }
      runs[count]++;
    }
    return Arrays.copyOf(runs, count + 1);
  }

  private static List<int[]> steps(double[] xy) {
    int corners = xy.length / 2;
    List<int[]> steps = new ArrayList<>();
    for (int j = 0; j < corners; j++) {
      int next = (j + 1) % corners;
      int xs = (int) (5 * xy[2 * j] + .5);
      int ys = (int) (5 * xy[2 * j + 1] + .5);
      int xe = (int) (5 * xy[2 * next] + .5);
      int ye = (int) (5 * xy[2 * next + 1] + .5);
      int dx = Math.abs(xe - xs);
      int dy = Math.abs(ye - ys);
      boolean flat = dx >= dy;
      boolean flip = flat ? xs > xe : ys > ye;
      int fromX = flip ? xe : xs;
      int fromY = flip ? ye : ys;
      int toX = flip ? xs : xe;
      int toY = flip ? ys : ye;
      double slope = flat ? (double) (toY - fromY) / dx : (double) (toX - fromX) / dy;
      for (int d = 0; d <= Math.max(dx, dy); d++) {
        int t = flip ? Math.max(dx, dy) - d : d;
        steps.add(
            flat
                ? new int[] {t + fromX, (int) (fromY + slope * t + .5)}
                : new int[] {(int) (fromX + slope * t + .5), t + fromY});
      }
    }
    return steps;
  }
}
