package org.equipoise.experiments.data.download;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.equipoise.experiments.files.Sha256;

/** A publisher on this machine that answers as the test says. */
public final class ArchiveServer implements AutoCloseable {

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Optional<Long>> requests = Collections.synchronizedList(new ArrayList<>());

  private ArchiveServer(Answer answer) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            Optional<Long> start =
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("Range"))
                    .map(range -> Long.parseLong(range.replaceAll("bytes=(\\d+)-", "$1")));
            requests.add(start);
            answer.to(exchange, start);
          }
        });
    server.start();
  }

  /** Starts a server. */
  public static ArchiveServer answering(Answer answer) throws IOException {
    return new ArchiveServer(answer);
  }

  /** Starts a server that knows ranges. */
  public static ArchiveServer of(byte[] content) throws IOException {
    return new ArchiveServer(
        (exchange, start) -> send(exchange, content, start, content.length, content.length));
  }

  /** What a server does with a request. */
  @FunctionalInterface
  public interface Answer {
    /** Answers a request for the bytes from a place on, or for all. */
    void to(HttpExchange exchange, Optional<Long> start) throws IOException;
  }

  /**
   * Announces the content from a place on, and sends it up to another; the connection then breaks
   * if that is not all.
   */
  static void send(
      HttpExchange exchange, byte[] content, Optional<Long> start, int end, int announcedEnd)
      throws IOException {
    int from = start.map(Long::intValue).orElse(0);
    start.ifPresent(
        s ->
            exchange
                .getResponseHeaders()
                .add(
                    "Content-Range",
                    "bytes " + s + "-" + (announcedEnd - 1) + "/" + content.length));
    exchange.sendResponseHeaders(start.isPresent() ? 206 : 200, announcedEnd - from);
    exchange.getResponseBody().write(Arrays.copyOfRange(content, from, end));
    exchange.getResponseBody().flush();
  }

  /** Describes an archive on this server. */
  public PublishedArchive archive(byte[] content, String folder) {
    return new PublishedArchive(
        URI.create("http://localhost:" + server.getAddress().getPort() + "/data/set.tar.gz"),
        content.length,
        HexFormat.of().formatHex(Sha256.digest().digest(content)),
        folder,
        1 << 20);
  }

  /** Returns where each request so far asked to start; empty for the whole file. */
  public List<Optional<Long>> requests() {
    return List.copyOf(requests);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
