package org.equipoise.experiments.report;

import java.util.List;

/**
 * A figure that a report gives a column: a share in [0, 1], shown in percent.
 *
 * @param metric the type name of the metric that it belongs to
 * @param figure its name among the metric's scalars
 * @param title what people call it
 */
public record FigureColumn(String metric, String figure, String title) {

  /** Balanced accuracy, by which arms are compared first. */
  public static final FigureColumn BALANCED_ACCURACY =
      new FigureColumn("balanced-accuracy", "balanced-accuracy", "balanced accuracy");

  /** The columns of the table of results, in order. */
  static final List<FigureColumn> MAIN =
      List.of(
          BALANCED_ACCURACY,
          new FigureColumn("shot-accuracy", "many", "many"),
          new FigureColumn("shot-accuracy", "medium", "medium"),
          new FigureColumn("shot-accuracy", "few", "few"),
          new FigureColumn("top-k", "top-1", "top-1"));
}
