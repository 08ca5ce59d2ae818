package org.equipoise.experiments.config;

import java.util.Set;
import org.equipoise.api.Named;
import org.equipoise.api.data.BatchTransformSpec;
import org.equipoise.api.method.ModelPart;
import org.equipoise.api.method.StageSpec;

/**
 * Where the features come from of which a head is made while the backbone is frozen. A closed set.
 */
public sealed interface FrozenFeatures extends Named {

  /**
   * Returns what holds for a stage: this, except where the backbone is trained, or nothing is.
   *
   * @param stage the stage
   * @param model the model
   * @return the choice for the stage; asked for the same stage, it returns itself
   * @throws IllegalArgumentException if the stage does something that this has no place for
   */
  FrozenFeatures of(StageSpec stage, ModelConfig model);

  /**
   * Returns what records and reports say.
   *
   * @return some words
   */
  String inWords();

  /**
   * Computed in every step anew, from images that are augmented anew, as the field publishes it.
   */
  record OnTheFly() implements FrozenFeatures {

    @Override
    public FrozenFeatures of(StageSpec stage, ModelConfig model) {
      return this;
    }

    @Override
    public String inWords() {
      return "on the fly";
    }
  }

  /**
   * Computed once and kept in files, which all stages share that need the same.
   *
   * <p>View 0 is the plain image, as in evaluation; each further one is the image augmented anew.
   * Epoch e, counted from 0, sees view e mod {@code views}. With the plain view alone, a stage is
   * the one that it would be on the fly without augmentation, but for rounding: a convolution may
   * round otherwise in a batch of another size.
   *
   * <p>There are no images that a batch transform could mix, and mixed features are not features of
   * mixed images: such a stage is refused.
   *
   * @param views how many views of each image there are, &gt;= 1
   */
  record Cached(int views) implements FrozenFeatures {

    /** The plain view alone. */
    public Cached() {
      this(1);
    }

    /** Checks the range. */
    public Cached {
      if (views < 1) {
        throw new IllegalArgumentException("views: expected >= 1, is " + views);
      }
    }

    @Override
    public FrozenFeatures of(StageSpec stage, ModelConfig model) {
      Set<ModelPart> trained = model.trainedBy(stage);
      if (trained.contains(ModelPart.BACKBONE)) {
        return new OnTheFly();
      }
      // Without an epoch there is nothing that another view could be seen in.
      if (trained.isEmpty()) {
        return new Cached();
      }
      if (!stage.batchTransforms().isEmpty()) {
        throw new IllegalArgumentException(
            "stage \""
                + stage.name()
                + "\": batch transforms "
                + stage.batchTransforms().stream().map(BatchTransformSpec::typeName).toList()
                + " change inputs, but with training.frozenFeatures cached there are only features;"
                + " expected none, or frozenFeatures: {type: on-the-fly}");
      }
      return this;
    }

    @Override
    public String inWords() {
      return views == 1 ? "cached, plain view" : "cached, " + views + " views";
    }
  }
}
