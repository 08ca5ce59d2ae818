package com.acme;

import java.util.Optional;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.testkit.LossContract;

class PowerShiftTest implements LossContract {

  @Override
  public LossSpec spec() {
    return new PowerShift();
  }

  @Override
  public String expectedTypeName() {
    return "acme/power-shift";
  }

  @Override
  public Optional<LossSpec> equalUnderUniformCounts() {
    return Optional.of(new PowerShift(0));
  }
}
