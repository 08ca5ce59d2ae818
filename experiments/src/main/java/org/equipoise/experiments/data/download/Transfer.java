package org.equipoise.experiments.data.download;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** One request for what a part file still lacks. */
final class Transfer {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(30);
  private static final long POLL_MILLIS = 1000;
  private static final int WHOLE = 200;
  private static final int PARTIAL = 206;
  private static final int NO_SUCH_RANGE = 416;

  private final PublishedArchive archive;
  private final Path part;
  private final Duration patience;
  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT_TIMEOUT)
          .followRedirects(HttpClient.Redirect.NORMAL)
          .version(HttpClient.Version.HTTP_1_1)
          .build();

  /**
   * Prepares requests; nothing is sent yet.
   *
   * @param archive what to fetch
   * @param part where to
   * @param patience how long the server may stay silent
   */
  Transfer(PublishedArchive archive, Path part, Duration patience) {
    this.archive = archive;
    this.part = part;
    this.patience = patience;
  }

  /**
   * Asks for the rest of the file; a server that knows no ranges sends it from the beginning.
   *
   * @return what ended the transfer before its time, for what came until then is kept and another
   *     request may go on from there
   * @throws IOException if it makes no sense to go on: the part file cannot be written, the server
   *     sends more than was published, or the thread was interrupted
   */
  Optional<IOException> run() throws IOException {
    try (FileChannel channel =
        FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      AtomicLong size = new AtomicLong(channel.size());
      HttpRequest.Builder request = HttpRequest.newBuilder(archive.address()).timeout(patience);
      if (size.get() > 0) {
        request.header("Range", "bytes=" + size.get() + "-");
      }
      Optional<IOException> failure =
          await(client.sendAsync(request.build(), info -> body(info, channel, size)), size);
      channel.force(true);
      return failure;
    }
  }

  // Called when the headers are there.
  private BodySubscriber<Void> body(ResponseInfo info, FileChannel channel, AtomicLong size) {
    try {
      if (info.statusCode() == WHOLE) {
        channel.truncate(0);
        size.set(0);
        return new PartFile(channel, size, archive.bytes());
      }
      if (info.statusCode() == PARTIAL && startsAt(info, size.get())) {
        channel.position(size.get());
        return new PartFile(channel, size, archive.bytes());
      }
      if (info.statusCode() == PARTIAL || info.statusCode() == NO_SUCH_RANGE) {
        // What is here cannot be continued: the next request is for the whole.
        channel.truncate(0);
      }
      return new RefusedBody("the server answered with status " + info.statusCode());
    } catch (IOException e) {
      return new RefusedBody(e.toString());
    }
  }

  private static boolean startsAt(ResponseInfo info, long start) {
    return info.headers()
        .firstValue("Content-Range")
        .filter(range -> range.startsWith("bytes " + start + "-"))
        .isPresent();
  }

  private Optional<IOException> await(
      CompletableFuture<HttpResponse<Void>> response, AtomicLong size) throws IOException {
    long seen = size.get();
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      try {
        response.get(Math.min(patience.toMillis(), POLL_MILLIS), TimeUnit.MILLISECONDS);
        return Optional.empty();
      } catch (TimeoutException e) {
        if (size.get() != seen) {
          seen = size.get();
          deadline = System.nanoTime() + patience.toNanos();
        } else if (System.nanoTime() - deadline > 0) {
          response.cancel(true);
          return Optional.of(
              new IOException("nothing came for " + patience.toMillis() / 1000.0 + " s", e));
        }
      } catch (ExecutionException e) {
        if (e.getCause() instanceof OversizeException oversize) {
          throw oversize;
        }
        return Optional.of(new IOException(reason(e.getCause()), e.getCause()));
      } catch (InterruptedException e) {
        response.cancel(true);
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while downloading " + archive.address());
      }
    }
  }

  private static String reason(Throwable problem) {
    if (problem instanceof ConnectException) {
      return "no connection";
    }
    return problem.getMessage() == null ? problem.toString() : problem.getMessage();
  }
}
