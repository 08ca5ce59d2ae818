package org.equipoise.evaluation.detection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.equipoise.evaluation.detection.shape.Box;
import org.equipoise.evaluation.detection.shape.RunLengthMask;

/** Images and what was to be found in them: of a whole data set, or of some images. Immutable. */
public final class GroundTruth {

  final Categories categories;
  final Ids images;

  /** Heights and widths in turn, by image. */
  final int[] sizes;

  /** Indices of categories, ascending, by image. */
  final int[][] negative;

  final int[][] notExhaustive;

  /** In the order of the file. */
  final List<Annotation> annotations;

  /** Indices of images and categories, by annotation. */
  final int[] imageOf;

  final int[] categoryOf;

  /** Annotations of images or categories that are not there. */
  final long strays;

  private GroundTruth(Builder builder) {
    categories = Categories.of(builder.categories);
    images = Ids.of("images", Arrays.copyOf(builder.imageIds, builder.imageCount));
    sizes = new int[2 * images.size()];
    negative = new int[images.size()][];
    notExhaustive = new int[images.size()][];
    for (int i = 0; i < builder.imageCount; i++) {
      int image = images.indexOf(builder.imageIds[i]);
      sizes[2 * image] = builder.sizes[2 * i];
      sizes[2 * image + 1] = builder.sizes[2 * i + 1];
      negative[image] = indices(builder.negative.get(i));
      notExhaustive[image] = indices(builder.notExhaustive.get(i));
    }
    requireDistinct(builder.annotations);
    annotations = new ArrayList<>(builder.annotations.size());
    int[] toImage = new int[builder.annotations.size()];
    int[] toCategory = new int[builder.annotations.size()];
    for (Annotation annotation : builder.annotations) {
      int image = images.indexOf(annotation.imageId());
      int category = categories.indexOf(annotation.categoryId());
      if (image >= 0 && category >= 0) {
        toImage[annotations.size()] = image;
        toCategory[annotations.size()] = category;
        annotations.add(annotation);
      }
    }
    imageOf = Arrays.copyOf(toImage, annotations.size());
    categoryOf = Arrays.copyOf(toCategory, annotations.size());
    strays = (long) builder.annotations.size() - annotations.size();
  }

  private int[] indices(long[] categoryIds) {
    return Arrays.stream(categoryIds)
        .mapToInt(categories::indexOf)
        .filter(index -> index >= 0)
        .sorted()
        .toArray();
  }

  private static void requireDistinct(List<Annotation> annotations) {
    long[] ids = annotations.stream().mapToLong(Annotation::id).toArray();
    Arrays.sort(ids);
    Ids.duplicate(ids)
        .ifPresent(
            id -> {
              throw new IllegalArgumentException("annotations: id " + id + " is there twice");
            });
  }

  /**
   * Returns the categories.
   *
   * @return by ascending id
   */
  public Categories categories() {
    return categories;
  }

  /**
   * Returns the number of images.
   *
   * @return &gt;= 0
   */
  public int imageCount() {
    return images.size();
  }

  /**
   * Returns the number of annotations of images and categories that are there.
   *
   * @return &gt;= 0
   */
  public int annotationCount() {
    return annotations.size();
  }

  Box box(int index) {
    return annotations
        .get(index)
        .box()
        .orElseThrow(() -> new IllegalArgumentException(name(index) + " has no bbox"));
  }

  RunLengthMask mask(int index) {
    Annotation annotation = annotations.get(index);
    int image = imageOf[index];
    try {
      return annotation
          .mask()
          .orElseThrow(() -> new IllegalArgumentException("has no segmentation"))
          .toMask(sizes[2 * image], sizes[2 * image + 1]);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name(index) + ": " + e.getMessage(), e);
    }
  }

  private String name(int index) {
    return "the annotation with id " + annotations.get(index).id();
  }

  /** Gathers ground truth, its parts in any order. Not safe for use by several threads. */
  public static final class Builder {

    private final List<Category> categories = new ArrayList<>();
    private final List<Annotation> annotations = new ArrayList<>();
    private final List<long[]> negative = new ArrayList<>();
    private final List<long[]> notExhaustive = new ArrayList<>();
    private long[] imageIds = new long[16];
    private int[] sizes = new int[32];
    private int imageCount;

    /**
     * Adds a category.
     *
     * @param category the category
     * @return this
     */
    public Builder category(Category category) {
      categories.add(category);
      return this;
    }

    /**
     * Adds an image of a data set that is annotated exhaustively, as COCO is.
     *
     * @param id its id
     * @param height its height, in pixels; used for masks alone
     * @param width its width, in pixels
     * @return this
     */
    public Builder image(long id, int height, int width) {
      return image(id, height, width, new long[0], new long[0]);
    }

    /**
     * Adds an image.
     *
     * @param id its id
     * @param height its height, in pixels; used for masks alone
     * @param width its width, in pixels
     * @param negativeIds the ids of the categories that were looked for and are not in it; unknown
     *     ones are left out
     * @param notExhaustiveIds the ids of the categories of which not all objects are annotated
     * @return this
     */
    public Builder image(
        long id, int height, int width, long[] negativeIds, long[] notExhaustiveIds) {
      if (imageCount == imageIds.length) {
        imageIds = Arrays.copyOf(imageIds, 2 * imageCount);
        sizes = Arrays.copyOf(sizes, 4 * imageCount);
      }
      imageIds[imageCount] = id;
      sizes[2 * imageCount] = height;
      sizes[2 * imageCount + 1] = width;
      imageCount++;
      negative.add(negativeIds.clone());
      notExhaustive.add(notExhaustiveIds.clone());
      return this;
    }

    /**
     * Adds an object.
     *
     * @param annotation the object; its image may be added later
     * @return this
     */
    public Builder annotation(Annotation annotation) {
      annotations.add(annotation);
      return this;
    }

    /**
     * Puts it together. Annotations of unknown images or categories are left out and counted.
     *
     * @return the ground truth
     * @throws IllegalArgumentException if two categories, images or annotations have the same id
     */
    public GroundTruth build() {
      return new GroundTruth(this);
    }
  }
}
