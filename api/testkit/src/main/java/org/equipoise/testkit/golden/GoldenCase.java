package org.equipoise.testkit.golden;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/**
 * One case of a golden file.
 *
 * @param id the case's name, unique in its file
 * @param config the hyperparameters, the same for all cases of the file
 * @param inputs the inputs
 * @param expected the expected numbers; of a case that must be refused, only {@code error}
 * @param note what the file says about the case, if anything; JSON if it is not a text
 */
public record GoldenCase(
    String id,
    GoldenObject config,
    GoldenObject inputs,
    GoldenObject expected,
    Optional<String> note) {

  /**
   * Returns the code of the expected refusal.
   *
   * @return the code, such as {@code ZERO_COUNT}; empty if numbers are expected
   */
  public Optional<String> error() {
    return expected.has("error") ? Optional.of(expected.text("error")) : Optional.empty();
  }

  /**
   * Fails unless the inputs are refused with a message that names what is wrong.
   *
   * @param refusal the exception expected
   * @param message a part of its message
   * @param call builds the item from the inputs and calls it
   */
  public void assertRefused(
      Class<? extends RuntimeException> refusal, String message, ThrowingCallable call) {
    assertThatThrownBy(call, id).isInstanceOf(refusal).hasMessageContaining(message);
  }

  /** Fails if a key of config, inputs or expected was never read. */
  void requireAllRead() {
    config.requireAllRead();
    inputs.requireAllRead();
    expected.requireAllRead();
  }
}
