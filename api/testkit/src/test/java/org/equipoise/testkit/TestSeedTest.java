package org.equipoise.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TestSeedTest {

  private String before;

  @BeforeEach
  void remember() {
    before = System.getProperty(TestSeed.PROPERTY);
  }

  @AfterEach
  void restore() {
    if (before == null) {
      System.clearProperty(TestSeed.PROPERTY);
    } else {
      System.setProperty(TestSeed.PROPERTY, before);
    }
  }

  @Test
  void should_name_the_seed_if_a_test_fails() {
    AtomicLong used = new AtomicLong();

    assertThatThrownBy(
            () ->
                TestSeed.run(
                    streams -> {
                      used.set(streams.runSeed());
                      throw new IllegalStateException("broken");
                    }))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("broken")
        .hasMessageContaining("-Dequipoise.seed=" + used);
  }

  @Test
  void should_use_the_seed_that_is_given() {
    System.setProperty(TestSeed.PROPERTY, "-42");

    TestSeed.run(streams -> assertThat(streams.runSeed()).isEqualTo(-42));
  }
}
