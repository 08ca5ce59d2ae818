package org.equipoise.experiments.run;

import org.equipoise.testkit.SpecContract;

class ForkedRunExecutorTest implements SpecContract<RunExecutor> {

  @Override
  public RunExecutor spec() {
    return new ForkedRunExecutor();
  }

  @Override
  public String expectedTypeName() {
    return "forked";
  }
}
