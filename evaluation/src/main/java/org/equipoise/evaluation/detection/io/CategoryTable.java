package org.equipoise.evaluation.detection.io;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.equipoise.evaluation.detection.AreaRange;
import org.equipoise.evaluation.detection.CategoryResult;
import org.equipoise.evaluation.detection.DetectionResult;
import org.equipoise.evaluation.detection.FrequencyGroup;

/** A result by category, as comma-separated values: a line a category; what is absent is empty. */
public final class CategoryTable {

  private static final int IOU_50 = 0;
  private static final int IOU_75 = 5;

  private CategoryTable() {}

  /**
   * Returns the table.
   *
   * @param result the result
   * @return lines in ascending order of ids, after one of the names of the columns
   */
  public static String text(DetectionResult result) {
    return Stream.concat(
            Stream.of("id,name,frequency,annotations,detections,AP,AP50,AP75,APs,APm,APl,AR"),
            result.categories().stream().map(CategoryTable::line))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static String line(CategoryResult of) {
    return Stream.of(
            of.category().id(),
            quoted(of.category().name()),
            of.category().frequency().map(FrequencyGroup::label).orElse(""),
            of.positives(),
            of.detections(),
            of.ap(),
            of.apByIou().get(IOU_50),
            of.apByIou().get(IOU_75),
            area(of, AreaRange.SMALL),
            area(of, AreaRange.MEDIUM),
            area(of, AreaRange.LARGE),
            mean(of.recallByIou()))
        .map(String::valueOf)
        .collect(Collectors.joining(","));
  }

  private static String area(CategoryResult of, AreaRange area) {
    Double ap = of.apByArea().get(area);
    return ap == null ? "" : ap.toString();
  }

  private static double mean(List<Double> values) {
    OptionalDouble mean = values.stream().mapToDouble(Double::doubleValue).average();
    return mean.orElseThrow();
  }

  private static String quoted(String name) {
    return name.matches("[^\",\r\n]*") ? name : '"' + name.replace("\"", "\"\"") + '"';
  }
}
