package com.acme;

import java.io.IOException;
import java.nio.file.Path;
import org.equipoise.experiments.classifier.Classification;
import org.equipoise.experiments.classifier.EquipoiseModel;

final class SortedClothes {

  private SortedClothes() {}

  static void sayWhat() throws IOException {
    try (EquipoiseModel model = EquipoiseModel.load(Path.of("clothes.model"))) {
      Classification said = model.classify(Path.of("new/1.png"));
      System.out.println(said.label() + " " + said.probability());
    }
  }
}
