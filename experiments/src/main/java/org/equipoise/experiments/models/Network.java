package org.equipoise.experiments.models;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.Pair;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.equipoise.api.method.ModelPart;
import org.equipoise.api.model.Backbone;
import org.equipoise.api.model.BackboneSpec;
import org.equipoise.api.model.ClassifierHead;
import org.equipoise.api.model.HeadSpec;
import org.equipoise.api.model.ModelOutputs;
import org.equipoise.api.random.RandomStreams;
import org.equipoise.experiments.engine.NoGrad;

/**
 * A backbone and a head with weights.
 *
 * <p>Parameters have stable names in a fixed order: the backbone's, then the head's. Not safe for
 * use by several threads.
 */
public final class Network implements AutoCloseable {

  private final NDManager manager;
  private final Backbone backbone;
  private final ClassifierHead head;
  private final List<NamedParameter> parameters;
  private final ParameterStore store;
  private Set<ModelPart> trained = EnumSet.allOf(ModelPart.class);

  private Network(NDManager manager, Backbone backbone, ClassifierHead head) {
    this.manager = manager;
    this.backbone = backbone;
    this.head = head;
    List<NamedParameter> all = new ArrayList<>();
    addParameters(all, ModelPart.BACKBONE, backbone.block());
    addParameters(all, ModelPart.HEAD, head.block());
    this.parameters = List.copyOf(all);
    this.store = new ParameterStore(manager, false);
  }

  private static void addParameters(List<NamedParameter> all, ModelPart part, Block block) {
    for (Pair<String, Parameter> entry : block.getParameters()) {
      Parameter parameter = entry.getValue();
      all.add(
          new NamedParameter(
              prefix(part) + entry.getKey(), part, parameter.requiresGradient(), parameter));
    }
  }

  private static String prefix(ModelPart part) {
    return part.name().toLowerCase(Locale.ROOT) + ".";
  }

  /**
   * Builds a network with fresh weights, all of it trained.
   *
   * @param parent the manager under which the weights live
   * @param backbone the backbone
   * @param head the head
   * @param input the shape of one input, without the batch axis
   * @param classes the number of classes
   * @param streams where initial values come from; those of a parameter depend on the seed and its
   *     name alone
   * @return the network; close it
   */
  public static Network create(
      NDManager parent,
      BackboneSpec backbone,
      HeadSpec head,
      Shape input,
      int classes,
      RandomStreams streams) {
    NDManager own = parent.newSubManager();
    Backbone body = backbone.build(input);
    Network network = new Network(own, body, head.build(body.features(), classes));
    network.parameters.forEach(parameter -> FreshWeights.apply(parameter, streams));
    Shape batch = new Shape(1);
    body.block().initialize(own, DataType.FLOAT32, batch.addAll(input));
    List<Shape> features = new ArrayList<>(List.of(new Shape(1, body.features().width())));
    body.features().map().ifPresent(map -> features.add(batch.addAll(map)));
    network.head.block().initialize(own, DataType.FLOAT32, features.toArray(Shape[]::new));
    return network;
  }

  /**
   * Sets which parts are trained: the others get no gradient and run in inference mode.
   *
   * @param parts the parts that change
   */
  public void train(Set<ModelPart> parts) {
    trained = EnumSet.copyOf(parts);
    for (NamedParameter parameter : parameters) {
      if (parameter.learned()) {
        parameter.parameter().freeze(!trained.contains(parameter.part()));
      }
    }
  }

  /**
   * Returns all parameters, running statistics included.
   *
   * @return the parameters in their fixed order
   */
  public List<NamedParameter> parameters() {
    return parameters;
  }

  /**
   * Returns the parameters that a step changes by gradient.
   *
   * @return the learned parameters of the trained parts, in their fixed order
   */
  public List<NamedParameter> trainable() {
    return parameters.stream()
        .filter(parameter -> parameter.learned() && trained.contains(parameter.part()))
        .toList();
  }

  /**
   * Returns the head, whose weights are readable.
   *
   * @return the head
   */
  public ClassifierHead head() {
    return head;
  }

  /**
   * Returns the length of a feature vector.
   *
   * @return D
   */
  public long featureWidth() {
    return backbone.features().width();
  }

  /**
   * Returns the values of all parameters.
   *
   * @return the arrays themselves, not copies, by name in their fixed order
   */
  public Map<String, NDArray> weights() {
    Map<String, NDArray> weights = new LinkedHashMap<>();
    parameters.forEach(named -> weights.put(named.name(), named.parameter().getArray()));
    return weights;
  }

  /**
   * Puts back the values of all parameters.
   *
   * @param saved arrays by name, exactly those of {@link #weights}; copied
   * @throws IllegalArgumentException if a name is missing or too many, or a shape differs
   */
  public void restore(Map<String, NDArray> saved) {
    for (NamedParameter own : parameters) {
      if (!saved.containsKey(own.name())) {
        throw new IllegalArgumentException(
            "weights: no array for parameter " + own.name() + "; there are " + saved.keySet());
      }
    }
    takeOver(saved, EnumSet.allOf(ModelPart.class));
  }

  /**
   * Takes over the values of some parts, as a stage does that starts from an earlier one.
   *
   * <p>Parameters of a head that the saved one has not, such as a learned scale on top of a linear
   * head, keep their fresh values; but nothing that was saved is lost silently.
   *
   * @param saved arrays by name, of a network that may have another head; copied
   * @param parts the parts to take over
   * @throws IllegalArgumentException if a saved array of these parts has no place here, one of the
   *     backbone is missing, or a shape differs
   */
  public void takeOver(Map<String, NDArray> saved, Set<ModelPart> parts) {
    Map<String, NamedParameter> places = new LinkedHashMap<>();
    for (NamedParameter own : parameters) {
      if (parts.contains(own.part())) {
        places.put(own.name(), own);
        if (own.part() == ModelPart.BACKBONE && !saved.containsKey(own.name())) {
          throw new IllegalArgumentException(
              "weights: no array for parameter " + own.name() + "; there are " + saved.keySet());
        }
      }
    }
    for (Map.Entry<String, NDArray> entry : saved.entrySet()) {
      if (parts.stream().noneMatch(part -> entry.getKey().startsWith(prefix(part)))) {
        continue;
      }
      NamedParameter place = places.get(entry.getKey());
      if (place == null) {
        throw new IllegalArgumentException(
            "weights: no parameter for array "
                + entry.getKey()
                + "; this network has "
                + places.keySet());
      }
      copy(entry.getValue(), place);
    }
  }

  /**
   * Takes over the rows of a saved classifier and nothing else of it.
   *
   * @param saved arrays by name, of a network that may have another head; copied
   * @throws IllegalArgumentException if there are no rows under the name that they have here, or
   *     their shape differs
   */
  public void takeOverRows(Map<String, NDArray> saved) {
    NamedParameter rows =
        parameters.stream()
            .filter(named -> named.parameter().equals(head.weight()))
            .findFirst()
            .orElseThrow(
                () -> new IllegalArgumentException("head: its rows are no parameter of its block"));
    NDArray from = saved.get(rows.name());
    if (from == null) {
      throw new IllegalArgumentException(
          "weights: no array for the rows " + rows.name() + "; there are " + saved.keySet());
    }
    copy(from, rows);
  }

  /**
   * Sets parameters of the head.
   *
   * @param values row-major values by the parameters' names within the head
   * @throws IllegalArgumentException if the head has no such parameter, or one of another size
   */
  public void fillHead(Map<String, float[]> values) {
    values.forEach(
        (name, numbers) -> {
          NamedParameter place =
              parameters.stream()
                  .filter(named -> named.name().equals(prefix(ModelPart.HEAD) + name))
                  .findFirst()
                  .orElseThrow(
                      () ->
                          new IllegalArgumentException(
                              "head: no parameter \""
                                  + name
                                  + "\"; there are "
                                  + head.block().getParameters().keys()));
          Shape shape = place.parameter().getArray().getShape();
          if (numbers.length != shape.size()) {
            throw new IllegalArgumentException(
                "head: "
                    + name
                    + " has shape "
                    + shape
                    + ", but got "
                    + numbers.length
                    + " numbers");
          }
          try (NDArray array = manager.create(numbers, shape)) {
            copy(array, place);
          }
        });
  }

  private static void copy(NDArray from, NamedParameter to) {
    NDArray array = to.parameter().getArray();
    if (!from.getShape().equals(array.getShape()) || from.getDataType() != array.getDataType()) {
      throw new IllegalArgumentException(
          "weights: "
              + to.name()
              + " has shape "
              + array.getShape()
              + " and type "
              + array.getDataType()
              + ", but the array is "
              + from.getShape()
              + " "
              + from.getDataType());
    }
    // Not copyTo, which makes the engine print a deprecation warning.
    NoGrad.call(
        () -> {
          array.set(new NDIndex("..."), from);
          return array;
        });
  }

  /**
   * Lends the parameters to a step, so that whatever a block computes from them is freed with the
   * step.
   *
   * <p>A result belongs to the manager of its first operand: without this, each operation of a head
   * on its own weights would stay for the life of the network.
   *
   * @param step the step's manager; gives the parameters back when it is closed
   */
  public void lendTo(NDManager step) {
    parameters.forEach(named -> named.parameter().getArray().tempAttach(step));
  }

  /**
   * Computes outputs for training: trained parts in training mode, frozen ones in inference mode.
   *
   * @param inputs (N, ...)
   * @return the outputs, differentiable with respect to the trained parts
   */
  public ModelOutputs forward(NDArray inputs) {
    NDList features =
        trained.contains(ModelPart.BACKBONE)
            ? backbone.block().forward(store, new NDList(inputs), true)
            : NoGrad.call(() -> backbone.block().forward(store, new NDList(inputs), false));
    return classified(features, trained.contains(ModelPart.HEAD));
  }

  /**
   * Computes outputs in inference mode, without a gradient.
   *
   * @param inputs (N, ...)
   * @return the outputs
   */
  public ModelOutputs infer(NDArray inputs) {
    return NoGrad.call(
        () -> classified(backbone.block().forward(store, new NDList(inputs), false), false));
  }

  /**
   * Computes features in inference mode, without a gradient.
   *
   * @param inputs (N, ...)
   * @return pooled features, (N, D)
   */
  public NDArray inferFeatures(NDArray inputs) {
    return NoGrad.call(() -> backbone.block().forward(store, new NDList(inputs), false).get(0));
  }

  private ModelOutputs classified(NDList features, boolean training) {
    NDArray logits = head.block().forward(store, features, training).singletonOrThrow();
    Optional<NDArray> map = features.size() > 1 ? Optional.of(features.get(1)) : Optional.empty();
    return new ModelOutputs(map, features.get(0), logits, Map.of());
  }

  /** Frees the weights, and a module that the backbone has loaded. */
  @Override
  public void close() {
    manager.close();
    if (backbone.block() instanceof FrozenExtractor extractor) {
      extractor.close();
    }
  }
}
