package org.equipoise.experiments.data.cifar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.equipoise.api.data.DatasetSpec;
import org.equipoise.experiments.data.longtail.ClassOrder;
import org.equipoise.experiments.data.longtail.Profile;
import org.equipoise.testkit.SpecContract;
import org.junit.jupiter.api.Test;

class Cifar10LtTest implements SpecContract<DatasetSpec> {

  @Override
  public DatasetSpec spec() {
    return new Cifar10Lt(50, new Profile.Step(), new ClassOrder.Permuted(3), 4);
  }

  @Override
  public String expectedTypeName() {
    return "cifar10-lt";
  }

  @Test
  void should_be_the_published_subset_of_imbalance_factor_100_by_default() {
    assertThat(new Cifar10Lt())
        .isEqualTo(new Cifar10Lt(100, new Profile.Exponential(), new ClassOrder.Original(), 0));
  }

  @Test
  void should_refuse_a_tail_that_ends_in_an_empty_class() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new Cifar10Lt(5001, new Profile.Exponential(), new ClassOrder.Original(), 0))
        .withMessage(
            "imbalanceFactor: expected 1..5000, so that no class is left without an image, is"
                + " 5001.0");
  }
}
