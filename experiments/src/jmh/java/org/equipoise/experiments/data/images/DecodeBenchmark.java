package org.equipoise.experiments.data.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.equipoise.api.random.RandomStreams;
import org.equipoise.experiments.data.augmentation.RandomResizedCrop;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Images a second from JPEG files of 500 x 375 to 224 x 224 bytes, as a batch is filled. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 3)
public class DecodeBenchmark {

  private static final int IMAGES = 64;
  private static final int WIDTH = 500;
  private static final int HEIGHT = 375;
  private static final int CHANNELS = 3;
  private static final int SIZE = 224;
  private static final int STRIDE = SIZE * SIZE * CHANNELS;

  @Param({"1", "2"})
  public int decoders;

  @Param({"random-resized-crop", "centre-crop"})
  public String framing;

  private final Framing frame = new Framing(SIZE, CHANNELS, 0.875);
  private final List<Path> files = new ArrayList<>();
  private Path folder;
  private DecodePool pool;
  private Optional<RandomResizedCrop> crop;

  /** Writes pictures of waves with some noise, about as hard to decode as photographs. */
  @Setup
  public void write() throws IOException {
    folder = Files.createTempDirectory("decode-benchmark");
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < IMAGES; i++) {
      byte[] pixels = new byte[HEIGHT * WIDTH * CHANNELS];
      double wave = 5 + random.nextDouble() * 40;
      for (int at = 0; at < pixels.length; at++) {
        int pixel = at / CHANNELS;
        double value =
            128
                + 60 * Math.sin(pixel % WIDTH / wave + at % CHANNELS)
                + 40 * Math.sin(pixel / WIDTH / wave)
                + random.nextInt(40)
                - 20;
        pixels[at] = (byte) Math.min(255, Math.max(0, value));
      }
      files.add(
          WrittenImages.jpeg(folder.resolve(i + ".jpg"), pixels, HEIGHT, WIDTH, CHANNELS));
    }
    pool = new DecodePool(decoders);
    crop =
        framing.equals("centre-crop") ? Optional.empty() : Optional.of(new RandomResizedCrop());
  }

  @TearDown
  public void delete() throws IOException {
    pool.close();
    for (Path file : files) {
      Files.delete(file);
    }
    Files.delete(folder);
  }

  @Benchmark
  @OperationsPerInvocation(IMAGES)
  public byte[] batch() {
    byte[] pixels = new byte[IMAGES * STRIDE];
    RandomStreams streams = new RandomStreams(1);
    pool.start(
            IMAGES,
            i ->
                frame.read(files.get(i), crop, streams.stream("image=" + i), pixels, i * STRIDE))
        .await();
    return pixels;
  }
}
