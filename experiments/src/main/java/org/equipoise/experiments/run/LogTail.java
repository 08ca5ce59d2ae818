package org.equipoise.experiments.run;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The end of a log, as a failure quotes it. */
final class LogTail {

  private static final int LINES = 20;
  private static final int BYTES = 16 * 1024;

  private LogTail() {}

  /**
   * Returns the last lines of a log.
   *
   * @param log the file
   * @param from where the part of interest begins, in bytes
   * @return at most 20 lines; none if there is no log
   */
  static List<String> of(Path log, long from) {
    try (FileChannel channel = FileChannel.open(log)) {
      long start = Math.max(from, channel.size() - BYTES);
      byte[] bytes = Channels.newInputStream(channel.position(start)).readAllBytes();
      List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
      return lines.subList(Math.max(0, lines.size() - LINES), lines.size());
    } catch (IOException e) {
      return List.of();
    }
  }
}
