package org.equipoise.evaluation.classification;

import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import org.equipoise.api.metric.MetricResult;

/** A metric's figures while they are gathered; what is undefined is left out. */
final class Figures {

  private final SortedMap<String, Double> scalars = new TreeMap<>();
  private final SortedMap<String, List<OptionalDouble>> vectors = new TreeMap<>();
  private final SortedMap<String, List<List<Long>>> tables = new TreeMap<>();

  Figures scalar(String name, OptionalDouble figure) {
    figure.ifPresent(value -> scalars.put(name, value));
    return this;
  }

  Figures vector(String name, int classes, IntFunction<OptionalDouble> figureOfClass) {
    vectors.put(name, IntStream.range(0, classes).mapToObj(figureOfClass).toList());
    return this;
  }

  Figures counts(String name, int classes, IntToLongFunction countOfClass) {
    return vector(name, classes, c -> OptionalDouble.of((double) countOfClass.applyAsLong(c)));
  }

  Figures table(String name, List<List<Long>> table) {
    tables.put(name, table);
    return this;
  }

  MetricResult result() {
    return new MetricResult(scalars, vectors, tables);
  }
}
