package org.equipoise.experiments.engine;

import ai.djl.pytorch.jni.JniUtils;

/**
 * Code that records no gradient graph.
 *
 * <p>Recording is on by default in every thread but the engine's first, and a graph that nobody
 * differentiates holds memory. The mode belongs to the calling thread and is put back afterwards.
 */
public final class NoGrad implements AutoCloseable {

  private final boolean before;

  private NoGrad(boolean before) {
    this.before = before;
  }

  /**
   * Stops recording in this thread until {@link #close}.
   *
   * @return the scope; closed by the thread that entered it
   */
  public static NoGrad enter() {
    NoGrad scope = new NoGrad(JniUtils.isGradMode());
    JniUtils.setGradMode(false);
    return scope;
  }

  /**
   * Runs a body without recording.
   *
   * @param body what to run
   * @param <T> what it returns
   * @param <E> what it throws
   * @return what the body returned
   * @throws E if the body does
   */
  public static <T, E extends Exception> T call(Body<T, E> body) throws E {
    NoGrad scope = enter();
    try {
      return body.call();
    } finally {
      scope.close();
    }
  }

  /** Puts back the mode that was found. */
  @Override
  public void close() {
    JniUtils.setGradMode(before);
  }

  /**
   * A piece of code.
   *
   * @param <T> what it returns
   * @param <E> what it throws
   */
  @FunctionalInterface
  public interface Body<T, E extends Exception> {

    /**
     * Runs.
     *
     * @return the result
     * @throws E if it fails
     */
    T call() throws E;
  }
}
