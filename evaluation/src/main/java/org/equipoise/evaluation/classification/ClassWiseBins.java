package org.equipoise.evaluation.classification;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A reliability diagram of each class, of the probabilities it is given. Immutable.
 *
 * @param ofClass the diagrams, length K
 */
public record ClassWiseBins(List<ReliabilityBins> ofClass) {

  /** Copies the list. */
  public ClassWiseBins {
    ofClass = List.copyOf(ofClass);
  }

  static ClassWiseBins empty(int classes, int bins) {
    return new ClassWiseBins(
        Stream.generate(() -> ReliabilityBins.empty(bins)).limit(classes).toList());
  }

  ClassWiseBins plus(ProbabilityRows rows) {
    ClassAgreement.require("class-wise bins", ofClass.size(), rows.classes());
    List<ReliabilityBins> sums = ofClass.stream().map(ReliabilityBins::copy).toList();
    double[] row = new double[rows.classes()];
    for (int i = 0; i < rows.size(); i++) {
      rows.read(i, row);
      for (int c = 0; c < row.length; c++) {
        sums.get(c).count(row[c], c == rows.label(i));
      }
    }
    return new ClassWiseBins(sums);
  }

  ClassWiseBins plus(ClassWiseBins other) {
    ClassAgreement.require("class-wise bins", ofClass.size(), other.ofClass.size());
    return new ClassWiseBins(
        IntStream.range(0, ofClass.size())
            .mapToObj(c -> ofClass.get(c).plus(other.ofClass.get(c)))
            .toList());
  }
}
