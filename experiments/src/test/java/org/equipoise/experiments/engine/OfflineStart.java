package org.equipoise.experiments.engine;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;

/** Starts the engine and says which addresses it wanted to connect to. */
final class OfflineStart {

  private OfflineStart() {}

  /** Runs. */
  public static void main(String[] arguments) {
    ProxySelector.setDefault(
        new ProxySelector() {
          @Override
          public List<Proxy> select(URI uri) {
            System.out.println("CONNECT " + uri);
            throw new IllegalArgumentException("no network here");
          }

          @Override
          public void connectFailed(URI uri, SocketAddress address, IOException failure) {}
        });
    TorchEngine.start(Integer.parseInt(arguments[0]));
    try (NDManager manager = NDManager.newBaseManager()) {
      System.out.println("SUM " + manager.ones(new Shape(3)).sum().getFloat());
    }
    System.out.println("THREADS " + JniUtils.getNumThreads());
  }
}
