package com.acme;

import org.equipoise.api.loss.LossSpec;
import org.equipoise.testkit.LossContract;

class TemperedTest implements LossContract {

  @Override
  public LossSpec spec() {
    return new Tempered(1.5);
  }

  @Override
  public String expectedTypeName() {
    return "acme/tempered";
  }
}
