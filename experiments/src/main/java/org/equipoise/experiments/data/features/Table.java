package org.equipoise.experiments.data.features;

import java.util.List;
import java.util.Optional;

/**
 * What a file of features holds: N rows, all finite.
 *
 * @param values the features, (N, D), row-major
 * @param width the length D of a row, &gt;= 1
 * @param labels the class of each row, &gt;= 0
 * @param classNames the names of the classes, if the file has them
 */
record Table(float[] values, int width, int[] labels, Optional<List<String>> classNames) {}
