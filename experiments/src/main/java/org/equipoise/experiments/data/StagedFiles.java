package org.equipoise.experiments.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.equipoise.api.data.AugmentationSpec;
import org.equipoise.api.data.ImageExamples.ImageFormat;
import org.equipoise.api.data.ImageFiles;
import org.equipoise.api.random.RandomStreams;
import org.equipoise.experiments.data.augmentation.RandomResizedCrop;
import org.equipoise.experiments.data.images.DamagedImageException;
import org.equipoise.experiments.data.images.DecodePool;
import org.equipoise.experiments.data.images.Framing;

/**
 * A split of image files, decoded whenever they are drawn.
 *
 * <p>A {@code random-resized-crop} that comes first among the augmentations is made while an image
 * is read, where the whole of it can still be seen; without one, an image is framed as in
 * evaluation. Each image draws from a stream of its own, so a batch is the same bytes however many
 * threads decode it, and whether it was announced or not.
 */
final class StagedFiles implements StagedExamples {

  /** One batch to be taken next, and one more while the engine works on it. */
  static final int LOOK_AHEAD = 2;

  private static final String SKIP =
      "; 'images: {damaged: skip, check: decode}' of the data set leaves such files out";

  private final NDManager manager;
  private final ImageFiles files;
  private final Framing framing;
  private final DecodePool pool;
  private final InputChain chain;
  private final Deque<Pending> announced = new ArrayDeque<>();

  /**
   * Stages files.
   *
   * @param files the split
   * @param parent the manager under which what is staged lives
   * @param pool decodes; closed with this
   */
  StagedFiles(ImageFiles files, NDManager parent, DecodePool pool) {
    this.manager = parent.newSubManager();
    this.files = files;
    this.pool = pool;
    ImageFormat format = files.format();
    this.framing = new Framing(format.height(), format.channels(), files.centreCrop());
    this.chain = new InputChain(format, manager);
  }

  @Override
  public int size() {
    return files.size();
  }

  @Override
  public int lookAhead() {
    return LOOK_AHEAD;
  }

  @Override
  public void announce(
      int[] examples, List<AugmentationSpec> augmentation, RandomGenerator random) {
    if (announced.size() >= LOOK_AHEAD) {
      throw new IllegalStateException(
          "announce: " + LOOK_AHEAD + " batches are announced already; gather one first");
    }
    announced.add(start(new Request(examples.clone(), crop(augmentation), random)));
  }

  @Override
  public StagedBatch batch(
      NDManager step, int[] examples, List<AugmentationSpec> augmentation, RandomGenerator random) {
    Optional<RandomResizedCrop> crop = crop(augmentation);
    byte[] pixels = take(new Request(examples, crop, random)).await();
    ImageFormat format = files.format();
    Shape shape = new Shape(examples.length, format.height(), format.width(), format.channels());
    NDArray bytes = step.create(ByteBuffer.wrap(pixels), shape, DataType.UINT8);
    List<AugmentationSpec> rest =
        crop.isPresent() ? augmentation.subList(1, augmentation.size()) : augmentation;
    NDArray inputs = chain.apply(bytes, rest, random);
    long[] labels = Arrays.stream(examples).mapToLong(files::label).toArray();
    return new StagedBatch(inputs, step.create(labels));
  }

  private static Optional<RandomResizedCrop> crop(List<AugmentationSpec> augmentation) {
    for (int i = 1; i < augmentation.size(); i++) {
      if (augmentation.get(i) instanceof RandomResizedCrop) {
        throw new IllegalArgumentException(
            "training.augmentation["
                + i
                + "]: random-resized-crop must come first where images are read from files, because"
                + " it cuts from the whole image");
      }
    }
    return augmentation.isEmpty() || !(augmentation.get(0) instanceof RandomResizedCrop first)
        ? Optional.empty()
        : Optional.of(first);
  }

  private Pending take(Request wanted) {
    Pending next = announced.poll();
    if (next != null && next.request().equals(wanted)) {
      return next;
    }
    if (next != null) {
      next.work().cancel();
      forgetAnnounced();
    }
    return start(wanted);
  }

  private Pending start(Request request) {
    int[] examples = request.examples;
    InputChain.requireInRange(examples, files.size());
    int stride = files.format().bytesPerImage();
    byte[] pixels = new byte[Math.multiplyExact(examples.length, stride)];
    RandomStreams streams = new RandomStreams(request.seed);
    DecodePool.Work work =
        pool.start(
            examples.length,
            i ->
                framing.read(
                    files.path(examples[i]),
                    request.crop,
                    streams.stream("image=" + i),
                    pixels,
                    i * stride));
    return new Pending(request, work, pixels);
  }

  private void forgetAnnounced() {
    announced.forEach(pending -> pending.work().cancel());
    announced.clear();
  }

  @Override
  public void close() {
    forgetAnnounced();
    pool.close();
    manager.close();
  }

  /** What a batch's bytes follow from. */
  private static final class Request {

    private final int[] examples;
    private final Optional<RandomResizedCrop> crop;
    private final long seed;

    /** Draws a seed from the batch's stream, but only if something is going to use it. */
    Request(int[] examples, Optional<RandomResizedCrop> crop, RandomGenerator random) {
      this.examples = examples;
      this.crop = crop;
      this.seed = crop.isPresent() ? random.nextLong() : 0;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Request that
          && seed == that.seed
          && crop.equals(that.crop)
          && Arrays.equals(examples, that.examples);
    }

    @Override
    public int hashCode() {
      return Long.hashCode(seed) + 31 * Arrays.hashCode(examples);
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // Never compared: an array that is being filled.
  private record Pending(Request request, DecodePool.Work work, byte[] pixels) {

    byte[] await() {
      try {
        work.await();
      } catch (DamagedImageException e) {
        throw e.advising(SKIP);
      }
      return pixels;
    }
  }
}
