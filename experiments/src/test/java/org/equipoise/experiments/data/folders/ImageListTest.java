package org.equipoise.experiments.data.folders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.equipoise.api.data.DataContext;
import org.equipoise.api.data.DatasetSpec;
import org.equipoise.api.data.ImageExamples.ImageFormat;
import org.equipoise.api.data.ImageFiles;
import org.equipoise.api.data.LabelledData;
import org.equipoise.api.random.RandomStreams;
import org.equipoise.api.sampling.LabelIndex;
import org.equipoise.api.sampling.SamplingContext;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.api.stats.TrainStatistics;
import org.equipoise.losses.BalancedSoftmax;
import org.equipoise.samplers.ClassBalanced;
import org.equipoise.samplers.InstanceBalanced;
import org.equipoise.testkit.SpecContract;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageListTest implements SpecContract<DatasetSpec> {

  @TempDir private Path directory;
  private List<String> first;
  private List<String> second;

  @Override
  public DatasetSpec spec() {
    return new ImageList(new ListFormat.Csv(), "a.csv", "b.csv", "images", new ImageReading());
  }

  @Override
  public String expectedTypeName() {
    return "image-list";
  }

  @BeforeEach
  void write() throws IOException {
    PictureFolder pictures = new PictureFolder(directory);
    first = pictures.write("images/one class", 0, 4, ".png");
    second = pictures.write("images/other", 1, 2, ".jpg");
    first = first.stream().map(name -> name.substring("images/".length())).toList();
    second = second.stream().map(name -> name.substring("images/".length())).toList();
  }

  private LabelledData load(ListFormat format, String train, String test) throws IOException {
    return new ImageList(format, train, test, "images", PictureFolder.reading(Damaged.FAIL))
        .load(new DataContext(directory, false));
  }

  private void list(String name, String... lines) throws IOException {
    Files.writeString(directory.resolve(name), String.join("\n", lines) + "\n");
  }

  private static String join(String before, List<String> names, int from, int to, String after) {
    return names.subList(from, to).stream()
        .map(name -> before + name + after)
        .collect(Collectors.joining("\n"));
  }

  private void requireRead(LabelledData data, String... classNames) {
    assertThat(data.classNames()).containsExactly(classNames);
    assertThat(data.published()).isEqualTo(ClassCounts.of(3, 1));
    assertThat(data.train().labels()).containsExactly(0, 0, 0, 1);
    assertThat(data.test().labels()).containsExactly(0, 1);
    assertThat(((ImageFiles) data.train()).name(3)).isEqualTo(second.get(0));
    assertThat(data.fingerprints())
        .containsOnlyKeys("train-list", "test-list", "train-files", "test-files");
  }

  @Test
  void should_read_lists_of_path_and_class_id() throws IOException {
    list("train.txt", join("", first, 0, 3, " 0"), join("", second, 0, 1, "\t1"), "");
    list("test.txt", join("", first, 3, 4, " 0"), join("", second, 1, 2, " 1\r"));

    requireRead(load(new ListFormat.PathLabel(), "train.txt", "test.txt"), "0", "1");
  }

  @Test
  void should_read_one_csv_of_all_splits_with_names_for_labels() throws IOException {
    list(
        "all.csv",
        "\uFEFFsize,label,path,split",
        join("1,\"bird, small\",", first, 0, 3, ",train"),
        join("1,\"bird, small\",", first, 3, 4, ",test"),
        join("1,cat,\"", second, 0, 1, "\",train"),
        join("1,cat,", second, 1, 2, ",test"),
        "1,cat,nowhere.jpg,val");

    requireRead(load(new ListFormat.Csv(), "all.csv", "all.csv"), "bird, small", "cat");
  }

  @Test
  void should_read_a_list_to_choose_by_if_one_is_named() throws IOException {
    list("train.txt", join("", first, 0, 2, " 0"), join("", second, 0, 1, " 1"));
    list("test.txt", join("", first, 3, 4, " 0"));
    list("val.txt", join("", second, 1, 2, " 1"), join("", first, 2, 3, " 0"));

    LabelledData data = load("val.txt");

    assertThat(data.test().labels()).containsExactly(0);
    assertThat(data.validation().orElseThrow().labels()).containsExactly(1, 0);
    assertThat(data.fingerprints()).containsKeys("val-list", "val-files");
    assertThatThrownBy(() -> load("train.txt"))
        .hasMessageContaining(first.get(0) + " is in train and in val");
    assertThatThrownBy(() -> load("test.txt"))
        .hasMessageContaining(first.get(3) + " is in val and in test");
  }

  private LabelledData load(String validation) throws IOException {
    return new ImageList(
            new ListFormat.PathLabel(),
            "train.txt",
            "test.txt",
            "images",
            PictureFolder.reading(Damaged.FAIL),
            Optional.of(validation))
        .load(new DataContext(directory, false));
  }

  @Test
  void should_read_the_json_of_inaturalist() throws IOException {
    json("train.json", List.of(first.get(0), first.get(1), first.get(2), second.get(0)), 40, 3);
    json("test.json", List.of(first.get(3), second.get(1)), 90, 1);

    requireRead(load(new ListFormat.InaturalistJson(), "train.json", "test.json"), "Ara", "Bos");
  }

  // The first images are of category 12, the last of category 700.
  private void json(String name, List<String> names, int firstId, int ofFirst) throws IOException {
    String images =
        IntStream.range(0, names.size())
            .mapToObj(
                i ->
                    "{\"id\": "
                        + (firstId + i)
                        + ", \"rights\": [], \"file_name\": \""
                        + names.get(i)
                        + "\"}")
            .collect(Collectors.joining(", "));
    String annotations =
        IntStream.range(0, names.size())
            .mapToObj(
                i ->
                    "{\"image_id\": "
                        + (firstId + i)
                        + ", \"category_id\": "
                        + (i < ofFirst ? 12 : 700)
                        + "}")
            .collect(Collectors.joining(", "));
    list(
        name,
        "{\"info\": {\"year\": 2018}, \"annotations\": [" + annotations + "],",
        "\"categories\": [{\"id\": 700, \"name\": \"Bos\"}, {\"id\": 12, \"name\": \"Ara\"}],",
        "\"images\": [" + images + "]}");
  }

  @Test
  void should_name_every_malformed_line_but_not_without_end() throws IOException {
    list(
        "train.txt",
        IntStream.rangeClosed(1, 30)
            .mapToObj(i -> i % 2 == 0 ? "only-a-path" : "a/b.jpg -3")
            .toArray(String[]::new));

    assertThatThrownBy(() -> load(new ListFormat.PathLabel(), "train.txt", "train.txt"))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(directory.resolve("train.txt") + " has 30 problems\n")
        .hasMessageContaining("line 1: \"a/b.jpg -3\": expected a path, a space and a class id")
        .hasMessageContaining("line 20: ")
        .hasMessageEndingWith("  and 10 more");
  }

  @Test
  void should_not_quote_a_malformed_line_without_end() throws IOException {
    list("train.txt", "x".repeat(100_000));
    list("test.txt", first.get(0) + " 0");

    assertThatThrownBy(() -> load(new ListFormat.PathLabel(), "train.txt", "test.txt"))
        .hasMessageContaining("line 1: \"xxx")
        .hasMessageEndingWith("xxx...")
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(600));
  }

  @Test
  void should_say_where_a_json_list_breaks_off() throws IOException {
    list("train.json", "{", "  \"images\": [{\"id\": 1");
    list("test.json", "{}");

    assertThatThrownBy(() -> load(new ListFormat.InaturalistJson(), "train.json", "test.json"))
        .hasMessageContaining("train.json: not JSON: line 3, column 1: Unexpected end-of-input")
        .hasMessageNotContaining("Source");
  }

  @Test
  void should_say_what_is_wrong_with_a_csv() throws IOException {
    list("x.csv", "file,class", "a,b");
    assertThatThrownBy(() -> load(new ListFormat.Csv(), "x.csv", "x.csv"))
        .hasMessageContaining("line 1: columns file, class; expected a header with path and label");

    list("y.csv", "path,label,split", "a.jpg,b", "/a.jpg,b,train", "a.jpg,b,dev", "\"a,b,train");
    assertThatThrownBy(() -> load(new ListFormat.Csv(), "y.csv", "y.csv"))
        .hasMessageContaining("has 4 problems")
        .hasMessageContaining("line 2: 2 fields; expected 3")
        .hasMessageContaining("line 3: path \"/a.jpg\": expected one below the root")
        .hasMessageContaining("line 4: split \"dev\": expected train, val or test")
        .hasMessageContaining("line 5: a double quote that is not closed");
  }

  @Test
  void should_say_which_class_id_is_missing_or_unknown() throws IOException {
    list("gap.txt", first.get(0) + " 0", second.get(0) + " 2");
    list("train.txt", first.get(0) + " 0", second.get(0) + " 1");
    list("test.txt", first.get(1) + " 7");

    assertThatThrownBy(() -> load(new ListFormat.PathLabel(), "gap.txt", "test.txt"))
        .hasMessageContaining("class 1 has no image to train on, but class 2 has");
    assertThatThrownBy(() -> load(new ListFormat.PathLabel(), "train.txt", "test.txt"))
        .hasMessageContaining("class 7 has no image to train on: nothing could learn it");
    assertThatThrownBy(() -> load(new ListFormat.PathLabel(), "train.txt", "train.txt"))
        .hasMessageContaining(first.get(0) + " is in train and in test");
  }

  @Test
  void should_say_so_if_an_image_of_a_list_is_missing() throws IOException {
    list("train.txt", first.get(0) + " 0", second.get(0) + " 1", "other/none.jpg 1");
    list("test.txt", first.get(1) + " 0");

    assertThatThrownBy(() -> load(new ListFormat.PathLabel(), "train.txt", "test.txt"))
        .hasMessageContaining(
            "split train, of 3 files, has 1 problem\n  other/none.jpg is missing");
    assertThatThrownBy(() -> load(new ListFormat.PathLabel(), "none.txt", "test.txt"))
        .hasMessageContaining("none.txt: missing; expected a list of images");
  }

  // As many as iNaturalist 2018 has: what is bound is primitive arrays, and agrees with the list.
  @Test
  void should_bind_437513_images_of_8142_classes_to_statistics_losses_and_samplers() {
    int classes = 8_142;
    int[] labels = IntStream.range(0, 437_513).map(i -> (int) ((long) i * i % classes)).toArray();
    IntStream.range(0, classes).forEach(c -> labels[c] = c);
    List<String> names =
        IntStream.range(0, labels.length).mapToObj(i -> "train_val2018/" + i + ".jpg").toList();

    ImageFiles files =
        new ImageFiles(
            directory, names, labels, new ImageFormat(8, 8, 1, List.of(0.0), List.of(1.0)), 1);
    LabelIndex index = LabelIndex.of(files.labels(), classes);
    TrainStatistics statistics = TrainStatistics.of(ClassCounts.ofLabels(files.labels(), classes));
    SamplingContext context =
        new SamplingContext(index, 512, 90, OptionalInt.empty(), new RandomStreams(1));

    assertThat(files.name(437_512)).isEqualTo("train_val2018/437512.jpg");
    assertThat(statistics.instances()).isEqualTo(index.counts());
    assertThat(statistics.examples()).isEqualTo(labels.length);
    assertThat(new BalancedSoftmax().bind(statistics)).isNotNull();
    assertThat(new ClassBalanced().bind(context).batches(0).next()).hasSize(512);
    int[] seen = new int[labels.length];
    new InstanceBalanced()
        .bind(context)
        .batches(3)
        .forEachRemaining(batch -> Arrays.stream(batch).forEach(i -> seen[i]++));
    assertThat(Arrays.stream(seen).allMatch(count -> count == 1)).isTrue();
  }
}
