package org.equipoise.experiments.weights;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.equipoise.api.method.ModelPart;
import org.equipoise.api.model.BackboneSpec;
import org.equipoise.experiments.checkpoint.TensorFile;
import org.equipoise.experiments.models.Network;

/**
 * Weights in a safetensors file, under the names that they have elsewhere.
 *
 * <p>Read with the names of PyTorch, {@code num_batches_tracked} is passed over, and so is what
 * wraps a network in a checkpoint ({@code module.}, {@code feat_model.}, ...); the classifier may
 * be called {@code fc}, {@code linear}, {@code classifier} or {@code head}.
 */
public final class WeightFile {

  private WeightFile() {}

  /**
   * Checks that a file fits a network, by its header alone.
   *
   * @param file an existing safetensors file
   * @param names whose names it has
   * @param backbone the network's backbone
   * @param network the network
   * @param parts the parts that are to be read; arrays of a head that is not are passed over
   * @throws IOException if the file cannot be read or is damaged
   * @throws IllegalArgumentException if the backbone has no such names
   * @throws WeightsMismatch if an array is missing, too many or of another shape; it names all
   */
  public static void check(
      Path file, WeightNames names, BackboneSpec backbone, Network network, Set<ModelPart> parts)
      throws IOException {
    WeightMatch.of(names, backbone, shapes(network), parts, TensorFile.shapes(file));
  }

  /**
   * Reads a file into a network.
   *
   * @param file an existing safetensors file; its numbers may have 16, 32 or 64 bits
   * @param names whose names it has
   * @param backbone the network's backbone
   * @param network the network, whose parameters change
   * @param parts the parts to read; arrays of a head that is not are passed over
   * @throws IOException if the file cannot be read or is damaged
   * @throws IllegalArgumentException if the backbone has no such names
   * @throws WeightsMismatch if an array is missing, too many or of another shape; it names all, and
   *     nothing was changed
   */
  public static void read(
      Path file, WeightNames names, BackboneSpec backbone, Network network, Set<ModelPart> parts)
      throws IOException {
    Map<String, Shape> own = shapes(network);
    Map<String, String> places =
        WeightMatch.of(names, backbone, own, parts, TensorFile.shapes(file));
    try (NDManager scratch = NDManager.newBaseManager()) {
      Map<String, NDArray> arrays = TensorFile.read(scratch, file);
      Map<String, NDArray> chosen = new LinkedHashMap<>();
      places.forEach(
          (name, place) ->
              chosen.put(
                  name, arrays.get(place).toType(DataType.FLOAT32, false).reshape(own.get(name))));
      network.takeOver(chosen, parts);
    }
  }

  /**
   * Writes weights, replacing the file at once.
   *
   * @param file the final name; its folder exists
   * @param names whose names to write
   * @param backbone the backbone of the network that they are of
   * @param weights the weights by Equipoise's names, as {@link Network#weights} has them
   * @return SHA-256 (hex) of the file
   * @throws IOException if it cannot be written
   * @throws IllegalArgumentException if the backbone has no such names
   */
  public static String write(
      Path file, WeightNames names, BackboneSpec backbone, Map<String, NDArray> weights)
      throws IOException {
    NameTable table = NameTable.of(names, backbone);
    Map<String, NDArray> renamed = new LinkedHashMap<>();
    weights.forEach((name, array) -> renamed.put(table.theirs(name), array));
    return TensorFile.write(file, renamed);
  }

  private static Map<String, Shape> shapes(Network network) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    network.weights().forEach((name, array) -> shapes.put(name, array.getShape()));
    return shapes;
  }
}
