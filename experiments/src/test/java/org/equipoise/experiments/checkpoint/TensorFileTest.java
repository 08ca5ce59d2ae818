package org.equipoise.experiments.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.equipoise.experiments.engine.TorchEngine;
import org.equipoise.experiments.files.Sha256;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorFileTest {

  @TempDir Path folder;
  private NDManager manager;

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void should_read_back_every_bit_name_shape_and_type() throws IOException {
    Map<String, NDArray> arrays = new LinkedHashMap<>();
    arrays.put(
        "b", manager.create(new float[] {-0f, Float.NaN, Float.MIN_VALUE, 3}, new Shape(2, 2)));
    arrays.put("a", manager.create(new double[] {Math.PI, Double.NEGATIVE_INFINITY}));
    arrays.put("scalar", manager.create(7L));
    arrays.put(
        "strided", manager.create(new float[] {1, 2, 3, 4, 5, 6}, new Shape(2, 3)).transpose());
    Path file = folder.resolve("x.safetensors");

    TensorFile.write(file, arrays);
    Map<String, NDArray> read = TensorFile.read(manager, file);

    assertThat(read.keySet()).containsExactlyInAnyOrderElementsOf(arrays.keySet());
    arrays.forEach(
        (name, array) -> {
          assertThat(read.get(name).getShape()).isEqualTo(array.getShape());
          assertThat(read.get(name).getDataType()).isEqualTo(array.getDataType());
          assertThat(read.get(name).toByteArray()).isEqualTo(array.toByteArray());
        });
    assertThat(read.get("scalar").getDataType()).isEqualTo(DataType.INT64);
    assertThat(read.get("strided").toFloatArray()).containsExactly(1, 4, 2, 5, 3, 6);
  }

  @Test
  void should_give_the_same_bytes_and_their_hash_if_written_twice() throws IOException {
    Path first = folder.resolve("1");
    Path second = folder.resolve("2");

    String hash = TensorFile.write(first, Map.of("w", manager.ones(new Shape(3))));
    TensorFile.write(second, Map.of("w", manager.ones(new Shape(3))));

    assertThat(second).hasSameBinaryContentAs(first);
    assertThat(hash).isEqualTo(Sha256.of(second)).hasSize(64);
  }

  @Test
  void should_hold_no_arrays_at_all_if_there_are_none() throws IOException {
    Path file = folder.resolve("none");
    TensorFile.write(file, Map.of());

    assertThat(TensorFile.read(manager, file)).isEmpty();
  }

  @Test
  void should_leave_names_and_memory_of_the_callers_arrays_alone() throws IOException {
    NDArray array = manager.ones(new Shape(3));
    array.setName("mine");
    int before = TorchEngine.managedArrays();

    TensorFile.write(folder.resolve("x"), Map.of("theirs", array));

    assertThat(array.getName()).isEqualTo("mine");
    assertThat(TorchEngine.managedArrays()).isEqualTo(before);
  }

  @Test
  void should_refuse_arrays_of_a_type_that_the_engine_does_not_have() throws IOException {
    Path file = folder.resolve("eight.safetensors");
    Files.write(
        file, tensors("{\"w\":{\"dtype\":\"F8_E4M3\",\"shape\":[4],\"data_offsets\":[0,4]}}", 4));

    assertThatThrownBy(() -> TensorFile.read(manager, file))
        .isInstanceOf(IOException.class)
        .hasMessage(file + ": array w has type F8_E4M3, which is not read here");
    assertThatThrownBy(() -> TensorFile.shapes(file)).hasMessageContaining("F8_E4M3");
  }

  // Two arrays of the same bytes, and four bytes that are nobody's: the lengths add up.
  @Test
  void should_refuse_an_array_that_shows_the_bytes_of_another() throws IOException {
    Path file = folder.resolve("overlap.safetensors");
    Files.write(
        file,
        tensors(
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
                + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}",
            8));

    assertThatThrownBy(() -> TensorFile.read(manager, file))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(file + ": not a sound safetensors file: arrays a and b overlap");
    assertThatThrownBy(() -> TensorFile.shapes(file)).hasMessageContaining("overlap");
  }

  @Test
  void should_widen_sixteen_bit_numbers_to_float32_without_loss() throws IOException {
    String header =
        "{\"h\":{\"dtype\":\"F16\",\"shape\":[2,4],\"data_offsets\":[0,16]},"
            + "\"b\":{\"dtype\":\"BF16\",\"shape\":[3],\"data_offsets\":[16,22]}}  ";
    // By IEEE 754: 1, -2, 65504, the least normal and subnormal, -0, infinity, 1/3 rounded.
    short[] halves = {
      0x3c00, (short) 0xc000, 0x7bff, 0x0400, 0x0001, (short) 0x8000, 0x7c00, 0x3555
    };
    short[] brains = {0x3f80, (short) 0xc049, 0x7fc0};
    ByteBuffer bytes = ByteBuffer.wrap(tensors(header, 22)).order(ByteOrder.LITTLE_ENDIAN);
    bytes.position(bytes.capacity() - 22);
    for (short half : halves) {
      bytes.putShort(half);
    }
    for (short brain : brains) {
      bytes.putShort(brain);
    }
    Path file = folder.resolve("half.safetensors");
    Files.write(file, bytes.array());

    Map<String, NDArray> read = TensorFile.read(manager, file);

    assertThat(read.get("h").getShape()).isEqualTo(new Shape(2, 4));
    assertThat(read.get("h").toFloatArray())
        .containsExactly(
            1, -2, 65504, 0x1p-14f, 0x1p-24f, -0f, Float.POSITIVE_INFINITY, 0x1.554p-2f);
    assertThat(read.get("b").toFloatArray()).containsExactly(1, -3.140625f, Float.NaN);
    assertThat(TensorFile.shapes(file)).containsOnlyKeys("h", "b").containsValue(new Shape(3));
  }

  private static byte[] tensors(String header, int data) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + json.length + data)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(json.length)
        .put(json)
        .array();
  }
}
