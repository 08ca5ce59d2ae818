package com.acme;

import ai.djl.Model;
import ai.djl.training.dataset.RandomAccessDataset;
import org.equipoise.api.djl.HeadRetraining;
import org.equipoise.losses.BalancedSoftmax;

public final class BetterHead {

  private BetterHead() {}

  public static Model of(Model model, RandomAccessDataset trainSet) throws Exception {
    return HeadRetraining.of(model, "05Linear", trainSet, new BalancedSoftmax())
        .withEpochs(20)
        .train();
  }
}
