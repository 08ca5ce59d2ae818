package org.equipoise.experiments.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code metrics.jsonl}: one line an epoch, cut back on resume to what a checkpoint knows of. */
final class MetricsLog implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final FileChannel channel;

  private MetricsLog(FileChannel channel) {
    this.channel = channel;
  }

  /** Opens the file, made if need be, and drops what is behind the given length. */
  static MetricsLog open(Path file, long bytes) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    channel.truncate(bytes);
    channel.position(channel.size());
    return new MetricsLog(channel);
  }

  /** Writes a line, forces it to disk, and returns the new length of the file in bytes. */
  long append(TrainingListener.EpochSummary epoch) throws IOException {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("epoch", epoch.epoch());
    line.put("step", epoch.step());
    line.put("meanLoss", epoch.meanLoss());
    line.put("learningRate", epoch.learningRate());
    line.put("imagesPerSecond", epoch.imagesPerSecond());
    epoch.classRates().ifPresent(rates -> line.put("classRates", rates));
    ByteBuffer bytes =
        ByteBuffer.wrap((JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    channel.force(true);
    return channel.size();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
