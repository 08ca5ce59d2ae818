package org.equipoise.evaluation.detection;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.equipoise.evaluation.detection.shape.Box;
import org.equipoise.evaluation.detection.shape.RunLengthMask;
import org.equipoise.evaluation.detection.shape.Segmentation;

/**
 * Detections in some images, in the order in which a model gave them. Immutable.
 *
 * <p>About 50 bytes each, and the string of the mask if there is one.
 */
public final class Detections {

  private static final int UNKNOWN = -1;
  private static final int NO_MASK = -1;

  final GroundTruth truth;
  final int size;

  /** Index of the image, by detection. */
  final int[] image;

  /** Index of the category, negative if unknown, by detection. */
  final int[] category;

  final double[] score;

  /** x, y, width and height; x is NaN without a box. */
  private final double[] box;

  /** The place of the string; none if there is no mask. Empty if no detection has one. */
  private final long[] maskAt;

  private final int[] maskLength;
  private final int[] maskSize;
  private final int[] maskArea;
  private final Pages pages;

  private Detections(Builder from) {
    truth = from.truth;
    size = from.size;
    image = from.image;
    category = from.category;
    score = from.score;
    box = from.box;
    maskAt = from.maskAt;
    maskLength = from.maskLength;
    maskSize = from.maskSize;
    maskArea = from.maskArea;
    pages = from.pages;
  }

  /**
   * Returns the number of detections.
   *
   * @return &gt;= 0
   */
  public int size() {
    return size;
  }

  boolean hasBox(int index) {
    return !Double.isNaN(box[4 * index]);
  }

  boolean hasMask(int index) {
    return index < maskAt.length && maskAt[index] != NO_MASK;
  }

  Box box(int index) {
    int at = 4 * index;
    return new Box(box[at], box[at + 1], box[at + 2], box[at + 3]);
  }

  double boxArea(int index) {
    return box[4 * index + 2] * box[4 * index + 3];
  }

  boolean hasNegativeSide(int index) {
    return box[4 * index + 2] < 0 || box[4 * index + 3] < 0;
  }

  int maskArea(int index) {
    return maskArea[index];
  }

  boolean isMaskOfImageSize(int index) {
    int at = 2 * image[index];
    return maskSize[2 * index] == truth.sizes[at] && maskSize[2 * index + 1] == truth.sizes[at + 1];
  }

  RunLengthMask mask(int index) {
    long at = maskAt[index];
    int from = Pages.offset(at);
    return RunLengthMask.ofString(
        pages.page(at),
        from,
        from + maskLength[index],
        maskSize[2 * index],
        maskSize[2 * index + 1]);
  }

  /** Gathers detections. Not safe for use by several threads. */
  public static final class Builder {

    private static final int FIRST_CAPACITY = 64;

    private final GroundTruth truth;
    private final Pages pages = new Pages();
    private int size;
    private int[] image = new int[FIRST_CAPACITY];
    private int[] category = new int[FIRST_CAPACITY];
    private double[] score = new double[FIRST_CAPACITY];
    private double[] box = new double[4 * FIRST_CAPACITY];
    private long[] maskAt = new long[0];
    private int[] maskLength = new int[0];
    private int[] maskSize = new int[0];
    private int[] maskArea = new int[0];

    /**
     * Begins.
     *
     * @param truth what is to be found in the images
     */
    public Builder(GroundTruth truth) {
      this.truth = truth;
    }

    /**
     * Adds a detection without a mask.
     *
     * @param imageId the image's id
     * @param categoryId the category's id; an unknown one is counted, and takes one of the places
     *     that an image has
     * @param score how sure the model is, finite; only the order matters
     * @param box where it is, in pixels
     * @return this
     * @throws IllegalArgumentException if there is no such image, or the score is not finite
     */
    public Builder box(long imageId, long categoryId, double score, Box box) {
      place(imageId, categoryId, score);
      setBox(box.x(), box.y(), box.width(), box.height());
      size++;
      return this;
    }

    /**
     * Adds a detection that has a mask alone.
     *
     * @param imageId the image's id
     * @param categoryId the category's id, known or not
     * @param score how sure the model is, finite
     * @param mask where it is
     * @return this
     * @throws IllegalArgumentException if there is no such image, the score is not finite, or the
     *     mask is none
     */
    public Builder mask(long imageId, long categoryId, double score, Segmentation mask) {
      place(imageId, categoryId, score);
      setMask(mask);
      size++;
      return this;
    }

    /**
     * Adds a detection that has both.
     *
     * @param imageId the image's id
     * @param categoryId the category's id, known or not
     * @param score how sure the model is, finite
     * @param box its box, whose area is then what counts as the detection's
     * @param mask where it is
     * @return this
     * @throws IllegalArgumentException if there is no such image, or the score is not finite
     */
    public Builder boxAndMask(
        long imageId, long categoryId, double score, Box box, Segmentation mask) {
      place(imageId, categoryId, score);
      setBox(box.x(), box.y(), box.width(), box.height());
      setMask(mask);
      size++;
      return this;
    }

    /**
     * Puts them together; the builder may be used further.
     *
     * @return the detections so far
     */
    public Detections build() {
      return new Detections(this);
    }

    private void place(long imageId, long categoryId, double value) {
      int at = truth.images.indexOf(imageId);
      if (at < 0) {
        throw new IllegalArgumentException(
            "image_id: the ground truth has no image with id " + imageId);
      }
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("score: must be finite, is " + value);
      }
      if (size == score.length) {
        int capacity = size + (size >> 1);
        image = Arrays.copyOf(image, capacity);
        category = Arrays.copyOf(category, capacity);
        score = Arrays.copyOf(score, capacity);
        box = Arrays.copyOf(box, 4 * capacity);
      }
      image[size] = at;
      category[size] = Math.max(UNKNOWN, truth.categories.indexOf(categoryId));
      score[size] = value;
      box[4 * size] = Double.NaN;
    }

    private void setBox(double x, double y, double width, double height) {
      box[4 * size] = x;
      box[4 * size + 1] = y;
      box[4 * size + 2] = width;
      box[4 * size + 3] = height;
    }

    private void setMask(Segmentation mask) {
      if (size >= maskAt.length) {
        int before = maskAt.length;
        int capacity = Math.max(size + 1, score.length);
        maskAt = Arrays.copyOf(maskAt, capacity);
        Arrays.fill(maskAt, before, capacity, NO_MASK);
        maskLength = Arrays.copyOf(maskLength, capacity);
        maskSize = Arrays.copyOf(maskSize, 2 * capacity);
        maskArea = Arrays.copyOf(maskArea, capacity);
      }
      int at = 2 * image[size];
      if (mask instanceof Segmentation.Text form) {
        maskArea[size] = form.area(truth.sizes[at], truth.sizes[at + 1]);
        setMask(form);
      } else {
        RunLengthMask runs = mask.toMask(truth.sizes[at], truth.sizes[at + 1]);
        maskArea[size] = runs.area();
        setMask(
            new Segmentation.Text(
                runs.toString().getBytes(StandardCharsets.ISO_8859_1),
                runs.height(),
                runs.width()));
      }
    }

    private void setMask(Segmentation.Text form) {
      maskAt[size] = pages.add(form.text());
      maskLength[size] = form.text().length;
      maskSize[2 * size] = form.height();
      maskSize[2 * size + 1] = form.width();
    }
  }

  /** Strings, one after the other: fewer and larger objects, and no limit of 2 GB. */
  private static final class Pages {

    private static final int OFFSET_BITS = 24;
    private static final int LENGTH = 1 << OFFSET_BITS;
    private static final int FIRST_LENGTH = 1 << 16;

    private final List<byte[]> pages = new ArrayList<>();
    private byte[] page = new byte[0];
    private int used;

    /** Keeps a string, whole on one page, and returns its place. */
    long add(byte[] text) {
      if (text.length > page.length - used) {
        page = new byte[Math.max(pages.isEmpty() ? FIRST_LENGTH : LENGTH, text.length)];
        pages.add(page);
        used = 0;
      }
      System.arraycopy(text, 0, page, used, text.length);
      long place = ((long) (pages.size() - 1) << OFFSET_BITS) + used;
      used += text.length;
      return place;
    }

    byte[] page(long place) {
      return pages.get((int) (place >> OFFSET_BITS));
    }

    static int offset(long place) {
      return (int) (place & (LENGTH - 1));
    }
  }
}
