package org.equipoise.samplers;

import org.equipoise.api.Described;
import org.equipoise.api.sampling.SamplerSpec;
import org.equipoise.api.sampling.SamplingContext;
import org.equipoise.api.sampling.StaticSampler;

/**
 * Draws images of detection by class: first a class, uniformly, then one of the images with it,
 * uniformly.
 *
 * <p>An image with ten objects of a class is one image with it. Its objects of other classes come
 * along, so that common classes stay more common than rare ones; {@code classProbabilities} are the
 * shares of all labels that are drawn. Unlike {@link ClassBalanced}, classes without an image are
 * left out, as they are met in parts of LVIS. An image without labels is never drawn; {@link
 * RepeatFactor} keeps such images.
 *
 * <p>A draw takes constant time. An epoch takes no memory, or, if {@code cycling}, at most one int
 * per label.
 *
 * @param perClass how many images in a row are drawn of each class, &gt;= 1; default 1
 * @param cycling whether classes are drawn in shuffled cycles, each once before any comes again,
 *     and so are the images of each class; default false: all draws are independent
 * @see <a href="https://arxiv.org/abs/1512.05830">Shen, Lin and Huang 2016, Relay Backpropagation
 *     for Effective Learning of Deep Convolutional Neural Networks, class-aware sampling</a>
 */
@Described(
    summary = "Draws a class uniformly, then any of the images with it.",
    formula =
        "P(image i) = sum over classes c of i of 1 / (K' m_c), m_c images with c, K' classes with an"
            + " image",
    source =
        "Shen, Lin and Huang 2016, Relay Backpropagation for Effective Learning of Deep"
            + " Convolutional Neural Networks, class-aware sampling",
    differs =
        "Published and in mmdetection, classes and the images of each are drawn in shuffled cycles;"
            + " that is cycling, and by default draws are independent.")
public record ClassAwareImages(int perClass, boolean cycling) implements SamplerSpec {

  /** Independent draws. */
  public ClassAwareImages() {
    this(1, false);
  }

  /** Checks the range. */
  public ClassAwareImages {
    if (perClass < 1) {
      throw new IllegalArgumentException("perClass: must be >= 1, was " + perClass);
    }
  }

  /**
   * Binds the rule to a train split.
   *
   * @param context labels, one an object or one a class in an image; batch size, streams
   * @return the sampler
   * @throws IllegalArgumentException if no image has a label
   */
  @Override
  public StaticSampler bind(SamplingContext context) {
    DrawnLabels.requireAny(typeName(), context.index());
    return ClassFirstSampler.balanced(context, perClass, cycling);
  }
}
