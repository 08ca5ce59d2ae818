package org.equipoise.evaluation.detection.io;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Tells how much of a file was read. */
final class CountedStream extends FilterInputStream {

  private static final int STEPS = 200;

  private final ReadProgress progress;
  private final long all;
  private long done;
  private long told;

  CountedStream(InputStream in, long all, ReadProgress progress) {
    super(in);
    this.all = all;
    this.progress = progress;
  }

  @Override
  public int read() throws IOException {
    int value = super.read();
    count(value < 0 ? 0 : 1);
    return value;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int count = super.read(buffer, offset, length);
    count(Math.max(0, count));
    return count;
  }

  private void count(int bytes) {
    done += bytes;
    if (done - told > all / STEPS || (done == all && told < all)) {
      told = done;
      progress.read(done, all);
    }
  }
}
