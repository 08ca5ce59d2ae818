package org.equipoise.experiments.engine;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.LibUtils;
import java.nio.file.Path;
import java.util.Optional;

/** The PyTorch engine of this JVM: how it is started, seeded and asked for its version. */
public final class TorchEngine {

  private static final String NAME = "PyTorch";
  private static final String THREADS = "ai.djl.pytorch.num_threads";

  private TorchEngine() {}

  /**
   * Starts the engine, or checks that it runs as asked.
   *
   * <p>The number of threads changes how sums are rounded, so it is part of a run's identity and
   * cannot change within a JVM. Starting opens no network connection.
   *
   * @param threads the threads that one operation may use, &gt;= 1
   * @throws IllegalArgumentException if {@code threads} is below 1
   * @throws IllegalStateException if the engine already runs with another number of threads
   */
  public static void start(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("engine threads: " + threads + "; expected >= 1");
    }
    defaultProperty("ai.djl.offline", "true");
    defaultProperty("OPT_OUT_TRACKING", "true");
    System.setProperty(THREADS, Integer.toString(threads));
    Engine.getEngine(NAME);
    int actual = JniUtils.getNumThreads();
    if (actual != threads) {
      System.setProperty(THREADS, Integer.toString(actual));
      throw new IllegalStateException(
          "engine threads: asked for "
              + threads
              + ", but the engine of this JVM already runs with "
              + actual
              + "; call TorchEngine.start before anything else touches the engine, or use a new"
              + " JVM");
    }
  }

  private static void defaultProperty(String name, String value) {
    if (System.getProperty(name) == null) {
      System.setProperty(name, value);
    }
  }

  /**
   * Returns the version of engine, native library and bindings, for fingerprints.
   *
   * @return such as {@code pytorch 2.7.1-cpu-linux-x86_64, djl 0.35.1}
   */
  public static String version() {
    Engine.getEngine(NAME);
    Path library = Path.of(LibUtils.getLibtorchPath());
    return "pytorch " + library.getFileName() + ", djl " + Engine.getDjlVersion();
  }

  /**
   * Seeds the engine's own generator, from which dropout and DJL's initialisers draw.
   *
   * <p>Its state cannot be read and so not be stored: seed it with a function of the step, and a
   * resumed run draws what an undisturbed one draws.
   *
   * @param seed the seed
   */
  public static void reseed(long seed) {
    // The engine looks at 32 bits only: fold, so that all of the seed counts.
    Engine.getEngine(NAME).setRandomSeed(Long.hashCode(seed));
  }

  /**
   * Returns the gradient of a parameter.
   *
   * @param parameter an array that requires a gradient
   * @return the gradient itself, not a copy, in the parameter's manager; empty if no backward pass
   *     has ever reached the parameter
   */
  public static Optional<NDArray> gradient(NDArray parameter) {
    return Optional.ofNullable(JniUtils.getGradient((PtNDArray) parameter));
  }

  /**
   * Goes on with a backward pass where it stopped.
   *
   * @param array what was computed; its graph is used up
   * @param gradient the gradient by it, of the same shape
   */
  public static void backward(NDArray array, NDArray gradient) {
    JniUtils.backward((PtNDArray) array, (PtNDArray) gradient, false, false);
  }

  /**
   * Sets the gradient of a parameter to zero, whatever it was: a NaN does not survive.
   *
   * @param parameter an array that requires a gradient and went through a backward pass
   */
  public static void zeroGradient(NDArray parameter) {
    JniUtils.zeroGrad((PtNDArray) parameter);
  }

  /**
   * Counts the arrays that any manager of this JVM holds: a number that must not grow over steps.
   *
   * @return the number of open arrays
   */
  public static int managedArrays() {
    try (NDManager manager = NDManager.newBaseManager(null, NAME)) {
      return manager.getParentManager().getManagedArrays().size();
    }
  }
}
