package org.equipoise.experiments.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.equipoise.experiments.safetensors.SafetensorsHeader.Place;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsHeaderTest {

  @TempDir private Path folder;

  @Test
  void should_say_where_everything_lies_whatever_the_order_of_the_header() throws IOException {
    String json =
        header(array("late", "F32", "[1,2]", 6, 14), array("none", "I64", "[0,5]", 6, 6))
            .replaceFirst("\\{", "{\"__metadata__\":{\"k\":\"v\"},")
            .replaceFirst("}$", "," + array("early", "BF16", "[3]", 0, 6) + "}   ");
    Path file = write(file(json.length(), json, 14));

    SafetensorsHeader header = SafetensorsHeader.read(file);

    long start = 8L + json.length();
    assertThat(header.arrays().keySet()).containsExactly("late", "none", "early");
    assertThat(header.find("late")).hasValue(new Place("F32", List.of(1L, 2L), start + 6, 8));
    assertThat(header.find("none").orElseThrow().elements()).isZero();
    assertThat(header.find("early").orElseThrow().elements()).isEqualTo(3);
    assertThat(header.find("never")).isEmpty();
    assertThat(header.metadata()).containsEntry("k", "v").hasSize(1);
  }

  @Test
  void should_take_numbers_of_less_than_a_byte() throws IOException {
    String json = header(array("w", "F4", "[3,2]", 0, 3), array("v", "F6_E2M3", "[4]", 3, 6));

    assertThat(SafetensorsHeader.read(write(file(json.length(), json, 6))).arrays()).hasSize(2);
    refuses(header(array("w", "F4", "[3]", 0, 1)), 1, "array w has shape [3] and type F4, but 1");
  }

  @Test
  void should_refuse_arrays_that_overlap() throws IOException {
    String first = array("a", "F32", "[2]", 0, 8);

    refuses(
        header(first, array("b", "F32", "[2]", 4, 12)),
        16,
        "arrays a and b overlap: one ends at byte 8, the other begins at byte 4");
    refuses(
        header(first, array("b", "F32", "[2]", 0, 8)),
        16,
        "arrays a and b overlap: one ends at byte 8, the other begins at byte 0");
    refuses(
        header(first, array("b", "F32", "[1]", 4, 8)),
        12,
        "arrays a and b overlap: one ends at byte 8, the other begins at byte 4");
  }

  @Test
  void should_refuse_bytes_that_belong_to_no_array() throws IOException {
    refuses(
        header(array("a", "F32", "[1]", 0, 4), array("b", "F32", "[1]", 8, 12)),
        12,
        "bytes 4 to 8, before array b, belong to no array");
    refuses(
        header(array("a", "F32", "[1]", 4, 8)),
        8,
        "bytes 0 to 4, before array a, belong to no array");
    refuses(
        header(array("a", "F32", "[2]", 0, 8)), 9, "its header describes 8 bytes, but 9 follow");
  }

  @Test
  void should_refuse_offsets_outside_the_data() throws IOException {
    refuses(
        header(array("a", "F32", "[1]", 0, 4), array("b", "F32", "[1]", 1000, 1004)),
        8,
        "array b has offsets [1000,1004], and 8 bytes follow the header");
    refuses(
        header(array("a", "F32", "[2]", 0, 99)),
        8,
        "array a has offsets [0,99], and 8 bytes follow the header");
    refuses(header(array("a", "F32", "[2]", 8, 0)), 8, "array a has offsets [8,0]");
    refuses(header(array("a", "F32", "[2]", -8, 0)), 8, "array a has offsets [-8,0]");
    refuses("{\"a\":{\"dtype\":\"F32\",\"shape\":[2]}}", 8, "array a has offsets ");
    refuses(
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8.5]}}",
        8,
        "array a has offsets [0,8.5]");
  }

  @Test
  void should_say_how_long_a_file_should_be_that_ends_too_early() throws IOException {
    String json = header(array("a", "F32", "[2]", 0, 8), array("b", "F32", "[1]", 8, 12));
    long start = 8L + json.length();

    refuses(
        json,
        7,
        "ends too early: has " + (start + 7) + " bytes; by its header, expected " + (start + 12));
    refuses(
        file(5000, json, 0),
        "ends too early, within its header: has "
            + start
            + " bytes; the header alone ends at 5008");
  }

  @Test
  void should_refuse_a_header_length_that_cannot_be() throws IOException {
    refuses(file(1L << 40, "{}", 0), "its header claims 1099511627776 bytes of a file of 10");
    refuses(file(-5, "{}", 0), "its header claims -5 bytes of a file of 10");
    refuses(file(1, "{}", 0), "its header claims 1 bytes of a file of 10");
    refuses(new byte[] {1, 2, 3}, "has only 3 bytes");
    refuses(new byte[0], "has only 0 bytes");
  }

  @Test
  void should_refuse_a_header_that_is_no_json_object() throws IOException {
    refuses("{{}}", 0, "its header is not JSON");
    refuses("{} {}", 0, "its header is not JSON");
    refuses("[]", 0, "its header is not a JSON object");
  }

  @Test
  void should_refuse_a_name_given_twice() throws IOException {
    String entry = array("a", "F32", "[1]", 0, 4);

    refuses(header(entry, entry), 4, "its header is not JSON: Duplicate field 'a'");
  }

  @Test
  void should_refuse_a_type_that_the_format_does_not_have() throws IOException {
    refuses(
        header(array("a", "F31", "[2]", 0, 8)), 8, "array a has type \"F31\"; expected one of [BO");
  }

  @Test
  void should_refuse_a_shape_that_does_not_fit_the_bytes() throws IOException {
    refuses(
        header(array("a", "F32", "[3]", 0, 8)),
        8,
        "array a has shape [3] and type F32, but 8 bytes");
    refuses(header(array("a", "F32", "[-2]", 0, 8)), 8, "array a has shape [-2]");
    refuses(header(array("a", "F32", "2", 0, 8)), 8, "array a has shape 2");
    refuses(
        header(array("a", "F32", "[4294967296,4294967296]", 0, 0)),
        0,
        "array a has shape [4294967296,4294967296] and type F32, but 0 bytes");
  }

  // The first bytes of torch.save: since PyTorch 1.6 a zip archive, before that a pickle.
  @Test
  void should_say_how_to_convert_what_looks_like_a_pytorch_checkpoint() throws IOException {
    byte[] zip = new byte[200];
    System.arraycopy(new byte[] {'P', 'K', 3, 4, 0, 0, 8, 8, 0, 0}, 0, zip, 0, 10);
    refuses(
        zip,
        "it looks like a PyTorch checkpoint (a zip archive); docs/weights.md says how to convert");
    byte[] pickle = new byte[200];
    byte[] start = {
      (byte) 0x80, 2, (byte) 0x8a, 10, 0x6c, (byte) 0xfc, (byte) 0x9c, 0x46, (byte) 0xf9
    };
    System.arraycopy(start, 0, pickle, 0, start.length);
    refuses(pickle, "it looks like a PyTorch checkpoint of old (a pickle); docs/weights.md says");
  }

  @Test
  void should_not_take_a_length_for_a_pickle() throws IOException {
    String json = header(array("a", "F32", "[1]", 0, 4));
    // 640 is the bytes 80 02.
    String padded = json + " ".repeat(640 - json.length());

    assertThat(SafetensorsHeader.read(write(file(640, padded, 4))).arrays()).hasSize(1);
  }

  private void refuses(String json, int data, String message) throws IOException {
    refuses(file(json.length(), json, data), message);
  }

  private void refuses(byte[] bytes, String message) throws IOException {
    Path file = write(bytes);

    assertThatThrownBy(() -> SafetensorsHeader.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(file + ": not a sound safetensors file: " + message);
  }

  private Path write(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("some.safetensors"), bytes);
  }

  private static String header(String... arrays) {
    return "{" + String.join(",", arrays) + "}";
  }

  private static String array(String name, String type, String shape, long begin, long end) {
    return String.format(
        "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}",
        name, type, shape, begin, end);
  }

  private static byte[] file(long length, String header, int data) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + json.length + data)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(length)
        .put(json)
        .array();
  }
}
