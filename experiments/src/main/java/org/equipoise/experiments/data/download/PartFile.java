package org.equipoise.experiments.data.download;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicLong;

/** Writes a response to where a file's channel stands, as far as the file may grow. */
final class PartFile implements BodySubscriber<Void> {

  private final FileChannel channel;
  private final AtomicLong size;
  private final long limit;
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private Subscription subscription;

  /**
   * Holds where to write to.
   *
   * @param channel positioned at the end; not closed
   * @param size the size of the file, kept up to date for others to watch
   * @param limit the size that the file must not exceed
   */
  PartFile(FileChannel channel, AtomicLong size, long limit) {
    this.channel = channel;
    this.size = size;
    this.limit = limit;
  }

  @Override
  public CompletionStage<Void> getBody() {
    return done;
  }

  @Override
  public void onSubscribe(Subscription started) {
    subscription = started;
    subscription.request(1);
  }

  @Override
  public void onNext(List<ByteBuffer> pieces) {
    try {
      for (ByteBuffer piece : pieces) {
        if (size.addAndGet(piece.remaining()) > limit) {
          throw new OversizeException("the answer of the server", limit);
        }
        while (piece.hasRemaining()) {
          channel.write(piece);
        }
      }
      subscription.request(1);
    } catch (IOException e) {
      subscription.cancel();
      done.completeExceptionally(e);
    }
  }

  @Override
  public void onError(Throwable problem) {
    done.completeExceptionally(problem);
  }

  @Override
  public void onComplete() {
    done.complete(null);
  }
}
