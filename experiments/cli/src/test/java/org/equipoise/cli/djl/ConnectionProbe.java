package org.equipoise.cli.djl;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.equipoise.experiments.engine.TorchEngine;

/**
 * A program that starts the engine and prints every network connection that Java code asked for.
 *
 * <p>It watches the two doors that Java offers by default: URLs with a network scheme, of which
 * none is let through, and the proxy selector, which plain sockets ask as well. All network code of
 * DJL goes through URLs.
 */
final class ConnectionProbe {

  /** Starts the line of each connection asked for. */
  static final String ASKED = "probe: asked for ";

  /** The last line, if all went well. */
  static final String WORKS = "probe: the engine works";

  private static final Set<String> NETWORK = Set.of("http", "https", "ftp");

  private ConnectionProbe() {}

  /** Starts the engine as experiments do ({@code equipoise}) or as plain DJL code ({@code djl}). */
  public static void main(String[] args) {
    URL.setURLStreamHandlerFactory(scheme -> NETWORK.contains(scheme) ? new Refusing() : null);
    ProxySelector.setDefault(new Listening());
    if (args[0].equals("equipoise")) {
      TorchEngine.start(1);
    } else {
      Engine.getInstance();
    }
    try (NDManager manager = NDManager.newBaseManager();
        NDArray sum = manager.create(new float[] {1, 2}).sum()) {
      System.out.println(sum.getFloat() == 3 ? WORKS : "probe: the engine computes " + sum);
    }
  }

  private static void note(Object what) {
    System.out.println(ASKED + what);
  }

  private static final class Refusing extends URLStreamHandler {

    @Override
    protected URLConnection openConnection(URL url) throws IOException {
      note(url);
      throw new IOException("no network in this test: " + url);
    }

    @Override
    protected URLConnection openConnection(URL url, Proxy proxy) throws IOException {
      return openConnection(url);
    }
  }

  private static final class Listening extends ProxySelector {

    @Override
    public List<Proxy> select(URI uri) {
      note(uri);
      return List.of(Proxy.NO_PROXY);
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
      note(Optional.ofNullable(uri).map(URI::toString).orElse("an unknown address"));
    }
  }
}
