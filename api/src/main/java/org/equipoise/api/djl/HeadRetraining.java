package org.equipoise.api.djl;

import ai.djl.Model;
import ai.djl.ndarray.NDManager;
import ai.djl.training.dataset.RandomAccessDataset;
import ai.djl.translate.TranslateException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.random.RandomStreams;
import org.equipoise.api.sampling.EpochSampler;
import org.equipoise.api.sampling.LabelIndex;
import org.equipoise.api.sampling.SamplerSpec;
import org.equipoise.api.sampling.SamplingContext;
import org.equipoise.api.sampling.StaticSampler;

/**
 * Retrains the last layer of a DJL model that was trained on long-tailed data, and leaves the rest
 * of it alone: the second stage of classifier retraining (cRT), for models that are there already.
 *
 * <pre>{@code
 * HeadRetraining.of(model, "05Linear", trainSet, new BalancedSoftmax()).withEpochs(20).train();
 * }</pre>
 *
 * <p>The network runs once over the data set, in inference mode, and the inputs of its last layer
 * are kept; training then costs a matrix product a step. Class counts are computed from the labels
 * of the data set. Whatever the data set's pipeline draws at random is drawn once: give it the
 * pipeline of inference.
 *
 * <p>{@link #train} changes the weights of the last layer <em>of the model that it is given</em>,
 * so that the model is saved, loaded and used as before; save it first to keep the old ones.
 * Nothing else of the model changes, not even running statistics, and if training fails, nothing at
 * all. Do not call it while a trainer of the model is open.
 *
 * <p>The last layer is a {@link ai.djl.nn.core.Linear} anywhere in the block tree, whose input is
 * (N, D) and whose output, raw logits (N, C), is the output of the model. How the block comes to
 * call it does not matter; that nothing follows it is checked on all of the data.
 *
 * <p>It lives among the adapters, needs nothing but DJL and a loss, and so works in programs that
 * have {@code equipoise-api} and {@code equipoise-losses} alone; experiments say the same as the
 * method {@code crt}. Immutable; not safe for use by several threads, as a DJL model is not.
 *
 * @see <a href="https://arxiv.org/abs/1910.09217">Kang et al. 2020, Decoupling representation and
 *     classifier, section 4.1</a>
 */
public final class HeadRetraining {

  private final Model model;
  private final String lastBlock;
  private final RandomAccessDataset dataset;
  private final HeadFit fit;
  private final int batchSize;
  private final Optional<SamplerSpec> sampler;

  private HeadRetraining(
      Model model,
      String lastBlock,
      RandomAccessDataset dataset,
      HeadFit fit,
      int batchSize,
      Optional<SamplerSpec> sampler) {
    this.model = model;
    this.lastBlock = lastBlock;
    this.dataset = dataset;
    this.fit = fit;
    this.batchSize = batchSize;
    this.sampler = sampler;
  }

  /**
   * Prepares retraining with the defaults: fresh weights, 10 epochs, batches of 128, every example
   * once an epoch, SGD with learning rate 0.1 that falls to 0 along a cosine, momentum 0.9 and
   * weight decay 5e-4, seed 1.
   *
   * @param model a model with weights, of float32
   * @param lastBlock the name of its last layer, as its block tree has it, such as {@code 05Linear}
   *     or, nested, {@code 02SequentialBlock.03Linear}; the numbers may be left out where the name
   *     is clear without them
   * @param dataset the data to train on; a label is one class id
   * @param loss what is minimised
   * @return the retraining, not begun
   */
  public static HeadRetraining of(
      Model model, String lastBlock, RandomAccessDataset dataset, LossSpec loss) {
    return new HeadRetraining(model, lastBlock, dataset, new HeadFit(loss), 128, Optional.empty());
  }

  /**
   * Sets the length of the training.
   *
   * @param epochs passes over the data set, &gt;= 1
   * @return a new retraining
   */
  public HeadRetraining withEpochs(int epochs) {
    return with(fit.withEpochs(epochs));
  }

  /**
   * Sets the learning rate at the start.
   *
   * @param learningRate a number &gt; 0; features of large norm need a small one
   * @return a new retraining
   */
  public HeadRetraining withLearningRate(double learningRate) {
    return with(fit.withLearningRate(learningRate));
  }

  /**
   * Sets the weight decay.
   *
   * @param weightDecay the L2 penalty's factor on weights and bias, &gt;= 0
   * @return a new retraining
   */
  public HeadRetraining withWeightDecay(double weightDecay) {
    return with(fit.withWeightDecay(weightDecay));
  }

  /**
   * Sets the seed of initial weights and of all draws: the same seed gives the same weights.
   *
   * @param seed the seed
   * @return a new retraining
   */
  public HeadRetraining withSeed(long seed) {
    return with(fit.withSeed(seed));
  }

  /**
   * Starts from the weights that the last layer has, instead of fresh ones.
   *
   * @return a new retraining
   */
  public HeadRetraining fromOldWeights() {
    return with(fit.fromOldWeights());
  }

  private HeadRetraining with(HeadFit other) {
    return new HeadRetraining(model, lastBlock, dataset, other, batchSize, sampler);
  }

  /**
   * Sets the size of the batches, of training and of the pass over the data.
   *
   * @param other examples a batch, &gt;= 1
   * @return a new retraining
   */
  public HeadRetraining withBatchSize(int other) {
    if (other < 1) {
      throw new IllegalArgumentException("batchSize: expected >= 1, is " + other);
    }
    return new HeadRetraining(model, lastBlock, dataset, fit, other, sampler);
  }

  /**
   * Draws the examples of an epoch otherwise, such as class-balanced, as the published method does
   * with cross-entropy. A loss that is made for long tails, like Balanced Softmax, corrects for the
   * class counts itself; with a class-balanced sampler it corrects twice.
   *
   * @param other a sampler that does not learn
   * @return a new retraining
   */
  public HeadRetraining withSampler(SamplerSpec other) {
    return new HeadRetraining(model, lastBlock, dataset, fit, batchSize, Optional.of(other));
  }

  /**
   * Retrains the last layer.
   *
   * @return the model that was given, with other weights in its last layer
   * @throws IOException if the data set cannot be read
   * @throws TranslateException if the data set's pipeline fails
   * @throws IllegalArgumentException if the model has no such last layer, something follows it, a
   *     label is no class of it, or the sampler learns
   * @throws IllegalStateException if the loss becomes NaN or infinite
   */
  public Model train() throws IOException, TranslateException {
    LastLayer layer = LastLayer.find(model.getBlock(), lastBlock);
    try (NDManager manager = model.getNDManager().newSubManager()) {
      LastLayer.Inputs inputs = layer.inputs(manager, model.getBlock(), dataset, batchSize);
      int[] labels =
          Arrays.stream(inputs.labels().toLongArray()).mapToInt(Math::toIntExact).toArray();
      LabelIndex index = LabelIndex.of(labels, layer.classes());
      layer.replace(fit.train(manager, layer, inputs, index.counts(), batches(index)));
    }
    return model;
  }

  private StaticSampler batches(LabelIndex index) {
    SamplingContext context =
        new SamplingContext(
            index, batchSize, fit.epochs(), OptionalInt.empty(), new RandomStreams(fit.seed()));
    if (sampler.isEmpty()) {
      return new EachOnce(context);
    }
    EpochSampler bound = sampler.get().bind(context);
    if (bound instanceof StaticSampler fixed) {
      return fixed;
    }
    throw new IllegalArgumentException(
        sampler.get().typeName() + ": learns from training steps; train with equipoise");
  }
}
