package org.equipoise.evaluation.detection.shape;

import java.util.List;

/** A mask in one of the forms that annotation files have. */
public sealed interface Segmentation {

  /**
   * Returns the mask on an image.
   *
   * @param height the image's height, in pixels; what has a size of its own ignores it
   * @param width the image's width, in pixels
   * @return the mask
   * @throws IllegalArgumentException if it does not describe one
   */
  RunLengthMask toMask(int height, int width);

  /**
   * Returns the area of the mask on an image, after all checks.
   *
   * @param height the image's height, in pixels
   * @param width the image's width, in pixels
   * @return the number of pixels of the mask
   * @throws IllegalArgumentException if it does not describe one
   */
  default int area(int height, int width) {
    return toMask(height, width).area();
  }

  /**
   * Polygons, whose union is meant.
   *
   * @param polygons x and y of each corner in turn, in pixels; arrays are not copied
   */
  record Polygons(List<double[]> polygons) implements Segmentation {

    private static final int BOX = 4;

    /**
     * Copies the list and checks it.
     *
     * @throws IllegalArgumentException if there is no polygon, one has no corner, or the first has
     *     fewer than four numbers
     */
    public Polygons {
      polygons = List.copyOf(polygons);
      if (polygons.isEmpty()) {
        throw new IllegalArgumentException("segmentation: has no polygon");
      }
      boolean boxes = polygons.get(0).length == BOX;
      for (int i = 0; i < polygons.size(); i++) {
        int length = polygons.get(i).length;
        if (length < (i == 0 ? BOX : 2) || (boxes && length != BOX)) {
          throw new IllegalArgumentException(
              "segmentation: polygon "
                  + (i + 1)
                  + " has "
                  + length
                  + " numbers, expected "
                  + (boxes ? "4, as the first one has: boxes" : "more than 4"));
        }
      }
    }

    /** As COCO has it: polygons are boxes if the first one has four numbers. */
    @Override
    public RunLengthMask toMask(int height, int width) {
      boolean boxes = polygons.get(0).length == BOX;
      return RunLengthMask.union(
          polygons.stream()
              .map(
                  p ->
                      boxes
                          ? RunLengthMask.ofBox(new Box(p[0], p[1], p[2], p[3]), height, width)
                          : RunLengthMask.ofPolygon(p, height, width))
              .toList());
    }
  }

  /**
   * Run lengths, with the size that they are for.
   *
   * @param mask the mask
   */
  record Runs(RunLengthMask mask) implements Segmentation {

    @Override
    public RunLengthMask toMask(int height, int width) {
      return mask;
    }
  }

  /**
   * Run lengths in COCO's string form, as they are in files; not looked into before they are
   * needed.
   *
   * @param text the characters; not copied
   * @param height the height of the mask, in pixels
   * @param width the width of the mask, in pixels
   */
  record Text(byte[] text, int height, int width) implements Segmentation {

    @Override
    public RunLengthMask toMask(int imageHeight, int imageWidth) {
      return RunLengthMask.ofString(text, 0, text.length, height, width);
    }

    /**
     * Looks through the characters.
     *
     * @throws IllegalArgumentException if they are no mask of this size
     */
    public void requireSound() {
      area(height, width);
    }

    @Override
    public int area(int imageHeight, int imageWidth) {
      RunLengthMask.requireSize(height, width);
      return RunLengthText.area(text, height, width);
    }
  }
}
