package org.equipoise.experiments.data.download;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/** A response that is not read, because its headers say that it is not what was asked for. */
final class RefusedBody implements BodySubscriber<Void> {

  private final IOException reason;

  RefusedBody(String reason) {
    this.reason = new IOException(reason);
  }

  @Override
  public CompletionStage<Void> getBody() {
    return CompletableFuture.failedStage(reason);
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    subscription.cancel();
  }

  @Override
  public void onNext(List<ByteBuffer> pieces) {}

  @Override
  public void onError(Throwable problem) {}

  @Override
  public void onComplete() {}
}
