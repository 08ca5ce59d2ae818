package org.equipoise.experiments.models;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.equipoise.api.Described;
import org.equipoise.api.model.Backbone;
import org.equipoise.api.model.BackboneSpec;
import org.equipoise.api.model.FeatureShape;

/**
 * A feature extractor that was exported from PyTorch, frozen.
 *
 * <p>The module takes images (N, C, H, W) and returns features (N, D). It runs in inference mode
 * and never changes, also in stages that train the backbone.
 *
 * @param file a TorchScript file; a relative path starts in the folder of data sets; default {@code
 *     extractor.pt}
 * @param features the number D of its features, &gt;= 1; default 512
 */
@Described(
    summary = "A frozen feature extractor from a TorchScript file.",
    formula = "f = module(x)",
    source = "Equipoise; the module is whatever torch.jit.save wrote",
    differs = "It is never trained.")
public record TorchScript(String file, int features) implements BackboneSpec {

  /** The file {@code extractor.pt} with 512 features. */
  public TorchScript() {
    this("extractor.pt", 512);
  }

  /** Checks name and number. */
  public TorchScript {
    if (file.isBlank()) {
      throw new IllegalArgumentException("file: expected the path of a file, is empty");
    }
    if (features < 1) {
      throw new IllegalArgumentException("features: expected >= 1, is " + features);
    }
  }

  @Override
  public String typeName() {
    return "torchscript";
  }

  @Override
  public Optional<String> pretrainedFile() {
    return Optional.of(file);
  }

  @Override
  public BackboneSpec foundIn(Path directory) {
    return new TorchScript(directory.resolve(file).toString(), features);
  }

  @Override
  public Backbone build(Shape input) {
    Model model = Model.newInstance("torchscript", "PyTorch");
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      model.load(in);
    } catch (IOException | MalformedModelException | EngineException e) {
      model.close();
      throw new IllegalArgumentException(
          "torchscript: " + file + " cannot be loaded as TorchScript: " + firstLine(e), e);
    }
    return new Backbone(new FrozenExtractor(model, features), FeatureShape.ofWidth(features));
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
