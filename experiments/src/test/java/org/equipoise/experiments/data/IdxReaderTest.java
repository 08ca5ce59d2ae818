package org.equipoise.experiments.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class IdxReaderTest {

  private static final int IMAGES = 0x803;

  @Test
  void should_return_lengths_and_unsigned_bytes() throws IOException {
    byte[] file = idx(IMAGES, new int[] {2, 1, 3}, 0, 1, 2, 253, 254, 255);

    IdxReader.Idx idx = IdxReader.read("x.gz", in(gzip(file)), 3);

    assertThat(idx.lengths()).containsExactly(2, 1, 3);
    assertThat(idx.values()).containsExactly(0, 1, 2, -3, -2, -1);
  }

  @Test
  void should_name_both_magic_numbers_if_it_is_a_label_file() throws IOException {
    byte[] labels = gzip(idx(0x801, new int[] {2}, 0, 1));

    assertThatThrownBy(() -> IdxReader.read("x.gz", in(labels), 3))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "x.gz: magic number is 0x00000801; expected 0x00000803, unsigned bytes with 3 axes");
  }

  @Test
  void should_refuse_the_file_if_it_ends_before_its_last_element() throws IOException {
    byte[] file = gzip(idx(IMAGES, new int[] {2, 1, 3}, 0, 1, 2, 3, 4));

    assertThatThrownBy(() -> IdxReader.read("x.gz", in(file), 3))
        .isInstanceOf(IOException.class)
        .hasMessage("x.gz: ends after 5 of 6 elements");
  }

  @Test
  void should_refuse_the_file_if_it_ends_within_its_header() throws IOException {
    byte[] file = gzip(new byte[] {0, 0, 8, 3, 0, 0, 0});

    assertThatThrownBy(() -> IdxReader.read("x.gz", in(file), 3))
        .isInstanceOf(IOException.class)
        .hasMessage("x.gz: ends too early");
  }

  @Test
  void should_refuse_the_file_if_it_goes_on_after_its_last_element() throws IOException {
    byte[] file = gzip(idx(IMAGES, new int[] {1, 1, 2}, 0, 1, 2));

    assertThatThrownBy(() -> IdxReader.read("x.gz", in(file), 3))
        .isInstanceOf(IOException.class)
        .hasMessage("x.gz: goes on after its 2 elements");
  }

  @Test
  void should_refuse_the_file_if_an_axis_is_empty_or_negative() throws IOException {
    for (int length : new int[] {0, -1}) {
      byte[] file = gzip(idx(IMAGES, new int[] {1, length, 2}));

      assertThatThrownBy(() -> IdxReader.read("x.gz", in(file), 3))
          .isInstanceOf(IOException.class)
          .hasMessage("x.gz: axis 1 has length " + length + "; expected >= 1");
    }
  }

  @Test
  void should_not_allocate_if_the_lengths_are_absurd() throws IOException {
    int much = Integer.MAX_VALUE;
    byte[] file = gzip(idx(IMAGES, new int[] {much, much, much}, 1));

    assertThatThrownBy(() -> IdxReader.read("x.gz", in(file), 3))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("x.gz: axis lengths ask for more than 2 GB");
  }

  @Test
  void should_name_the_file_if_it_is_not_gzipped() {
    byte[] file = idx(IMAGES, new int[] {1, 1, 1}, 7);

    assertThatThrownBy(() -> IdxReader.read("x.gz", in(file), 3))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("x.gz: is not a sound gzip file");
  }

  @Test
  void should_name_the_file_if_the_gzip_stream_is_cut_or_damaged() throws IOException {
    byte[] file = gzip(idx(IMAGES, new int[] {1, 40, 50}, new int[2000]));
    byte[] cut = Arrays.copyOf(file, file.length - 12);
    byte[] damaged = file.clone();
    damaged[file.length - 6] ^= 1;

    assertThatThrownBy(() -> IdxReader.read("x.gz", in(cut), 3))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("x.gz: ");
    assertThatThrownBy(() -> IdxReader.read("x.gz", in(damaged), 3))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("x.gz: ");
  }

  private static byte[] idx(int magic, int[] lengths, int... values) {
    ByteBuffer buffer = ByteBuffer.allocate(4 + 4 * lengths.length + values.length);
    buffer.putInt(magic);
    for (int length : lengths) {
      buffer.putInt(length);
    }
    for (int value : values) {
      buffer.put((byte) value);
    }
    return buffer.array();
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(bytes);
    }
    return out.toByteArray();
  }

  private static ByteArrayInputStream in(byte[] bytes) {
    return new ByteArrayInputStream(bytes);
  }
}
