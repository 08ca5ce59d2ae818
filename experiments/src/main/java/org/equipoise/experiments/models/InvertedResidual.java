package org.equipoise.experiments.models;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.List;

/**
 * Convolutions with ReLU6 behind all but the last, plus the input where that fits.
 *
 * @see <a href="https://arxiv.org/abs/1801.04381">Sandler et al. 2018, MobileNetV2, table 1</a>
 */
final class InvertedResidual extends AbstractBlock {

  private final List<ConvolutionUnit> units;
  private final boolean residual;

  InvertedResidual(List<ConvolutionUnit> units, boolean residual) {
    this.units = List.copyOf(units);
    this.residual = residual;
    units.forEach(unit -> addChildBlock("unit", unit));
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray input = inputs.singletonOrThrow();
    NDArray map = Layers.apply(units.get(0), store, input, training);
    for (ConvolutionUnit unit : units.subList(1, units.size())) {
      try (NDArray below = map;
          NDArray activated = below.clip(0, 6)) {
        map = Layers.apply(unit, store, activated, training);
      }
    }
    return new NDList(residual ? map.add(input) : map);
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
    Shape[] shapes = inputs;
    for (ConvolutionUnit unit : units) {
      unit.initialize(manager, type, shapes);
      shapes = unit.getOutputShapes(shapes);
    }
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    Shape[] shapes = inputs;
    for (ConvolutionUnit unit : units) {
      shapes = unit.getOutputShapes(shapes);
    }
    return shapes;
  }
}
