package org.equipoise.experiments.classifier;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.equipoise.api.random.RandomStreams;
import org.equipoise.experiments.classifier.SourceList.Source;
import org.equipoise.experiments.data.images.DamagedImageException;
import org.equipoise.experiments.data.images.DecodePool;
import org.equipoise.experiments.data.images.Framing;
import org.equipoise.experiments.files.DurableFiles;
import org.equipoise.experiments.json.Json;

/**
 * The images in the size of the network, as PNG files: photographs are decoded and made small once,
 * not in every epoch.
 */
final class FramedImages {

  private static final String LIST = "list.csv";

  private FramedImages() {}

  /**
   * Makes the files, unless they are there.
   *
   * @return the data set, whose names start from the work folder
   * @throws IOException if an image is damaged or something cannot be written
   */
  static ObjectNode dataset(SourceList sources, ModelInput input, Path work) throws IOException {
    String name = "images-" + sources.key(input.toString());
    Path folder = work.resolve(name);
    if (!Files.isDirectory(folder)) {
      Path draft = work.resolve(name + ".draft");
      DurableFiles.deleteTree(draft);
      Files.createDirectories(draft);
      write(sources, input, draft);
      DurableFiles.publish(draft, folder);
    }
    ObjectNode dataset = JsonNodeFactory.instance.objectNode().put(Json.TYPE, "image-list");
    dataset.putObject("format").put(Json.TYPE, "csv");
    dataset.put("train", name + "/" + LIST).put("test", name + "/" + LIST).put("root", name);
    ObjectNode images = dataset.putObject("images");
    images.put("size", input.size()).put("centreCrop", 1.0);
    input.mean().forEach(images.withArray("mean")::add);
    input.std().forEach(images.withArray("std")::add);
    return dataset;
  }

  private static void write(SourceList sources, ModelInput input, Path draft) throws IOException {
    Framing framing = new Framing(input.size(), ModelInput.CHANNELS, input.centreCrop());
    List<Source> images = sources.images();
    int threads = DecodePool.configuredThreads();
    try (DecodePool pool = new DecodePool(threads)) {
      pool.start(
              threads,
              first -> {
                for (int i = first; i < images.size(); i += threads) {
                  write(framing, sources.path(images.get(i)), draft.resolve(file(i)));
                }
              })
          .await();
    } catch (DamagedImageException e) {
      throw new IOException(e.getMessage() + " ('equipoise inspect --decode' finds all such)", e);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    StringBuilder list = new StringBuilder("path,label,split,sha256\n");
    for (int i = 0; i < images.size(); i++) {
      Source image = images.get(i);
      list.append(file(i)).append(',').append(image.label()).append(',').append(image.split());
      list.append(',').append(image.sha256()).append('\n');
    }
    Files.writeString(draft.resolve(LIST), list);
  }

  private static String file(int image) {
    return String.format(Locale.ROOT, "%07d.png", image);
  }

  private static void write(Framing framing, Path source, Path target) {
    int size = framing.size();
    byte[] pixels = new byte[size * size * ModelInput.CHANNELS];
    framing.read(source, Optional.empty(), new RandomStreams(0).stream("framing"), pixels, 0);
    BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_3BYTE_BGR);
    byte[] reversed = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    for (int i = 0; i < pixels.length; i += ModelInput.CHANNELS) {
      reversed[i] = pixels[i + 2];
      reversed[i + 1] = pixels[i + 1];
      reversed[i + 2] = pixels[i];
    }
    try {
      ImageIO.write(image, "png", target.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
