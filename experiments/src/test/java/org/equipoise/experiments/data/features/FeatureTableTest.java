package org.equipoise.experiments.data.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.equipoise.api.data.DataContext;
import org.equipoise.api.data.DatasetSpec;
import org.equipoise.api.data.Examples;
import org.equipoise.api.data.FeatureExamples;
import org.equipoise.api.data.LabelledData;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.experiments.data.longtail.ClassOrder;
import org.equipoise.experiments.data.longtail.LongTail;
import org.equipoise.experiments.data.longtail.Profile;
import org.equipoise.experiments.files.Sha256;
import org.equipoise.testkit.SpecContract;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureTableTest implements SpecContract<DatasetSpec> {

  private static final float[][] FEATURES = {{1, -2.5f}, {0.25f, 3}, {4, 0.5f}};

  @TempDir private Path folder;
  private Path train;
  private Path test;

  @BeforeEach
  void write() throws IOException {
    train = folder.resolve("train.safetensors");
    test = folder.resolve("test.safetensors");
    TableFiles.write(train, FEATURES, 0, 1, 0);
    TableFiles.write(test, FEATURES, 1, 0, 1);
  }

  @Override
  public DatasetSpec spec() {
    return new FeatureTable(
        "train.safetensors",
        "test.csv",
        "a net",
        Optional.of("names.txt"),
        new Normalisation.L2(),
        Optional.of(new LongTail()));
  }

  @Override
  public String expectedTypeName() {
    return "feature-table";
  }

  private LabelledData load() throws IOException {
    return load(new FeatureTable(), "train.safetensors", "test.safetensors");
  }

  private LabelledData load(FeatureTable like, String trainFile, String testFile)
      throws IOException {
    return new FeatureTable(
            trainFile, testFile, "a net", like.classNames(), like.normalisation(), like.longTail())
        .load(new DataContext(folder, false));
  }

  private static float[] values(Examples examples) {
    FloatBuffer values = ((FeatureExamples) examples).values();
    float[] array = new float[values.remaining()];
    values.get(array);
    return array;
  }

  @Test
  void should_read_both_tables() throws IOException {
    LabelledData data = load();

    assertThat(values(data.train())).containsExactly(1, -2.5f, 0.25f, 3, 4, 0.5f);
    assertThat(((FeatureExamples) data.train()).width()).isEqualTo(2);
    assertThat(data.train().labels()).containsExactly(0, 1, 0);
    assertThat(data.test().labels()).containsExactly(1, 0, 1);
    assertThat(data.classNames()).containsExactly("0", "1");
    assertThat(data.published()).isEqualTo(ClassCounts.of(2, 1));
    assertThat(data.pretrained()).contains("a net");
    assertThat(data.fingerprints())
        .containsOnlyKeys("test", "train")
        .containsEntry("train", Sha256.of(train))
        .containsEntry("test", Sha256.of(test));
  }

  @ParameterizedTest
  @CsvSource({"F16, I64", "BF16, I32", "F32, I16", "F32, I8", "F16, U8", "BF16, U16", "F32, U32"})
  void should_read_every_type_of_features_and_labels(String floats, String integers)
      throws IOException {
    TableFiles.write(train, floats, integers, "", FEATURES, 0, 1, 0);

    LabelledData data = load();

    assertThat(values(data.train())).containsExactly(1, -2.5f, 0.25f, 3, 4, 0.5f);
    assertThat(data.train().labels()).containsExactly(0, 1, 0);
  }

  @Test
  void should_read_a_table_that_is_longer_than_a_buffer() throws IOException {
    int rows = 3000;
    int width = 101;
    float[][] features = new float[rows][width];
    long[] labels = new long[rows];
    for (int n = 0; n < rows; n++) {
      labels[n] = n % 7;
      for (int d = 0; d < width; d++) {
        features[n][d] = n * 1000 + d;
      }
    }
    TableFiles.write(train, features, labels);
    TableFiles.write(test, features, labels);

    LabelledData data = load();

    float[] values = values(data.train());
    for (int n = 0; n < rows; n++) {
      for (int d = 0; d < width; d++) {
        assertThat(values[n * width + d]).isEqualTo(features[n][d]);
      }
    }
    assertThat(data.train().labels()[2999]).isEqualTo(2999 % 7);
  }

  private static FeatureTable named(Optional<LongTail> longTail) {
    return new FeatureTable(
        "", "", "", Optional.of("names.txt"), new Normalisation.None(), longTail);
  }

  @Test
  void should_pass_over_the_byte_order_mark_that_spreadsheets_write() throws IOException {
    Files.writeString(folder.resolve("train.csv"), "\uFEFFlabel,a,b\r\n0,1,2\r\n1,3,4\r\n");
    Files.writeString(folder.resolve("names.txt"), "\uFEFFcat\ndog\n");

    FeatureTable named = named(Optional.empty());
    LabelledData data = load(named, "train.csv", "train.csv");

    assertThat(data.train().labels()).containsExactly(0, 1);
    assertThat(data.classNames()).containsExactly("cat", "dog");
  }

  @Test
  void should_read_csv_as_the_same_table() throws IOException {
    Files.writeString(folder.resolve("train.csv"), "label,a,b\n0,1,-2.5\r\n1,2.5e-1,3\n0,4.0,.5");

    LabelledData data = load(new FeatureTable(), "train.csv", "test.safetensors");

    assertThat(values(data.train())).isEqualTo(values(load().train()));
    assertThat(data.train().labels()).containsExactly(0, 1, 0);
  }

  @Test
  void should_take_class_names_from_metadata_or_else_from_a_file() throws IOException {
    TableFiles.write(train, "F32", "I64", "[\"cat\",\"dog\",\"emu\"]", FEATURES, 0, 1, 0);
    Files.writeString(folder.resolve("names.txt"), "ant\nbee\n");
    FeatureTable named =
        named(
            Optional.of(new LongTail(1, new Profile.Exponential(), new ClassOrder.Original(), 0)));

    assertThat(load().classNames()).containsExactly("cat", "dog", "emu");
    assertThat(load().published()).isEqualTo(ClassCounts.of(2, 1, 0));
    LabelledData data = load(named, "train.safetensors", "test.safetensors");
    assertThat(data.classNames()).containsExactly("ant", "bee");
    assertThat(data.fingerprints()).containsKey("class-names");
  }

  @Test
  void should_make_vectors_of_length_1_and_leave_zeros_alone() throws IOException {
    TableFiles.write(train, new float[][] {{3, 4}, {0, 0}, {-1e-30f, 0}}, 0, 1, 0);
    FeatureTable l2 =
        new FeatureTable("", "", "", Optional.empty(), new Normalisation.L2(), Optional.empty());

    LabelledData data = load(l2, "train.safetensors", "test.safetensors");

    assertThat(values(data.train())).containsExactly(0.6f, 0.8f, 0, 0, -1, 0);
    float[] row = values(data.test());
    assertThat(Math.hypot(row[0], row[1])).isCloseTo(1, within(1e-6));
  }

  @Test
  void should_keep_the_rows_of_the_published_rule_if_made_long_tailed() throws IOException {
    float[][] features = new float[60][1];
    long[] labels = new long[60];
    int[] classIds = new int[60];
    for (int n = 0; n < 60; n++) {
      features[n][0] = n;
      classIds[n] = n % 3;
      labels[n] = classIds[n];
    }
    TableFiles.write(train, features, labels);
    TableFiles.write(test, features, labels);
    LongTail rule = new LongTail(10, new Profile.Exponential(), new ClassOrder.Original(), 0);
    FeatureTable tailed =
        new FeatureTable("", "", "", Optional.empty(), new Normalisation.None(), Optional.of(rule));

    LabelledData data = load(tailed, "train.safetensors", "test.safetensors");

    int[] chosen = rule.select(classIds, 3);
    assertThat(data.published()).isEqualTo(ClassCounts.of(20, 6, 2));
    assertThat(data.train().size()).isEqualTo(28);
    assertThat(data.test().size()).isEqualTo(60);
    for (int i = 0; i < chosen.length; i++) {
      assertThat(values(data.train())[i]).isEqualTo(chosen[i]);
    }
    assertThat(data.fingerprints()).containsEntry("train-indices", LongTail.sha256(chosen));
  }

  @Test
  void should_say_which_class_is_too_small_to_be_made_long_tailed() throws IOException {
    TableFiles.write(train, FEATURES, 1, 1, 1);
    FeatureTable tailed =
        new FeatureTable(
            "",
            "",
            "",
            Optional.empty(),
            new Normalisation.None(),
            Optional.of(new LongTail(1, new Profile.Exponential(), new ClassOrder.Original(), 0)));

    assertThatIOException()
        .isThrownBy(() -> load(tailed, "train.safetensors", "test.safetensors"))
        .withMessage(
            train + ": cannot be made long-tailed: long tail: class 0 has 0 images; expected >= 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "NaN | NaN",
        "Infinity | Infinity",
        "-Infinity | -Infinity",
      })
  void should_name_the_place_of_what_is_no_number(float value, String said) throws IOException {
    TableFiles.write(train, new float[][] {{1, 2}, {3, value}}, 0, 1);

    assertThatIOException()
        .isThrownBy(this::load)
        .withMessage(train + ": features[1, 1] is " + said + "; expected a finite number");
  }

  @Test
  void should_name_the_row_of_a_negative_label() throws IOException {
    TableFiles.write(train, FEATURES, 0, -1, 0);

    assertThatIOException()
        .isThrownBy(this::load)
        .withMessage(train + ": labels[1] is -1; expected a class id, >= 0");
  }

  @Test
  void should_name_the_row_of_a_class_that_is_not_trained() throws IOException {
    TableFiles.write(test, FEATURES, 1, 0, 2);

    assertThatIOException()
        .isThrownBy(this::load)
        .withMessage(test + ": row 2 (from 0) has label 2; expected 0..1");
  }

  @Test
  void should_not_make_up_a_million_classes() throws IOException {
    TableFiles.write(train, FEATURES, 0, 1_000_000, 0);

    assertThatIOException()
        .isThrownBy(this::load)
        .withMessageContaining("has 3 rows and a label 1000000; expected class ids 0..K-1");
  }

  @Test
  void should_compare_the_widths_of_both_tables() throws IOException {
    TableFiles.write(test, new float[][] {{1, 2, 3}}, 0);

    assertThatIOException()
        .isThrownBy(this::load)
        .withMessage(
            test
                + ": has features of width 3, but "
                + train
                + " of 2; expected both from one extractor");
  }

  @Test
  void should_say_where_it_looked_for_a_file() {
    assertThatIOException()
        .isThrownBy(() -> load(new FeatureTable(), "sub/trian.csv", "test.safetensors"))
        .withMessage(
            folder.resolve("sub/trian.csv")
                + ": there is no such file; dataset.train is sub/trian.csv, relative to the folder"
                + " of data sets, which --data-dir names");
  }

  @Test
  void should_want_to_know_the_extractor() {
    FeatureTable unnamed =
        new FeatureTable(
            "train.safetensors",
            "test.safetensors",
            " ",
            Optional.empty(),
            new Normalisation.None(),
            Optional.empty());

    assertThatIOException()
        .isThrownBy(() -> unnamed.load(new DataContext(folder, false)))
        .withMessageContaining("dataset.extractor");
  }

  @Test
  void should_refuse_a_file_of_another_format() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new FeatureTable(
                    "train.npz",
                    "",
                    "",
                    Optional.empty(),
                    new Normalisation.None(),
                    Optional.empty()))
        .withMessage("train: expected a file that ends in .safetensors or .csv, is train.npz");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "label,a,b~0,1,2~1,3 | line 3 has 2 cells; expected 3, as many as line 1 names",
        "label,a,b~0,1,2,3 | line 2 has more than 3 cells, as many as line 1 names",
        "label,a,b~0,1,~1,2,3 | line 2 column 3 is \"\"; expected a finite decimal number",
        "label,a,b~0,1,nan | line 2 column 3 is \"nan\"; expected a finite decimal number",
        "label,a,b~0,1,1e39 | line 2 column 3 is \"1e39\"; expected a finite decimal number",
        "label,a,b~0,1,2f | line 2 column 3 is \"2f\"; expected a finite decimal number",
        "label,a,b~0,1,2-3 | line 2 column 3 is \"2-3\"; expected a finite decimal number",
        "label,a,b~0,1,2~~0,1,2 | line 3 has the label \"\"; expected a class id: 0, 1, 2, ...",
        "label,a,b~-1,1,2 | line 2 has the label \"-1\"; expected a class id: 0, 1, 2, ...",
        "label,a,b~0.0,1,2 | line 2 has the label \"0.0\"; expected a class id: 0, 1, 2, ...",
        "label,a,b | has a header and no rows",
        "0,1,2~1,2,3 | line 1 is \"0,1,2\"; expected the names of the columns, label first: label,f0,f1,...",
        "label | line 1 is \"label\"; expected the names of the columns, label first: label,f0,f1,...",
      })
  void should_name_the_line_of_what_is_wrong(String content, String message) throws IOException {
    Path file = folder.resolve("train.csv");
    Files.writeString(file, content.replace('~', '\n'));

    assertThatIOException()
        .isThrownBy(() -> load(new FeatureTable(), "train.csv", "test.safetensors"))
        .withMessage(file + ": " + message);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5, 40, 150, 250, -1})
  void should_call_a_file_damaged_that_is_cut_short_or_goes_on(int length) throws IOException {
    byte[] whole = Files.readAllBytes(train);
    int end = length < 0 ? whole.length + 1 : Math.min(length, whole.length - 1);
    Files.write(train, Arrays.copyOf(whole, end));

    assertThatIOException()
        .isThrownBy(this::load)
        .withMessageStartingWith(train + ": not a sound safetensors file: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[] | its header is not a JSON object",
        "{\"features\": | its header is not JSON",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}} | has no array"
            + " \"features\"; there are [x]",
        "{\"features\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}} | array features"
            + " has shape [2]; expected (N, D)",
        "{\"features\":{\"dtype\":\"F32\",\"shape\":[2,-1],\"data_offsets\":[0,8]}} | array"
            + " features has shape [2,-1]",
        "{\"features\":{\"dtype\":\"F32\",\"shape\":[2,1],\"data_offsets\":[0,99]}} | array"
            + " features has offsets [0,99], and 8 bytes follow the header",
        "{\"features\":{\"dtype\":\"I32\",\"shape\":[1,1],\"data_offsets\":[0,4]},\"labels\":"
            + "{\"dtype\":\"I32\",\"shape\":[1],\"data_offsets\":[4,8]}} | array features has type"
            + " I32; expected one of F32, F16, BF16",
        "{\"features\":{\"dtype\":\"F32\",\"shape\":[1,1],\"data_offsets\":[0,4]},\"labels\":"
            + "{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}} | array labels has type"
            + " F32; expected one of I64,",
        "{\"features\":{\"dtype\":\"F16\",\"shape\":[3,1],\"data_offsets\":[0,6]},\"labels\":"
            + "{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[6,8]}} | array labels has shape"
            + " [3] and type U8, but 2 bytes",
        "{\"features\":{\"dtype\":\"F32\",\"shape\":[1,1],\"data_offsets\":[0,4]},\"labels\":"
            + "{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[4,8]}} | array features has shape"
            + " [1, 1] and array labels [4]; expected (N, D) and (N)",
        "{\"features\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,4]},"
            + "\"labels\":{\"dtype\":\"U8\",\"shape\":[4294967296],\"data_offsets\":[4,8]}} | array"
            + " features has shape [4294967296,4294967296] and type F32, but 4 bytes",
      })
  void should_say_what_is_wrong_with_a_header(String header, String message) throws IOException {
    TableFiles.raw(train, header, 8, data -> {});

    assertThatIOException().isThrownBy(this::load).withMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[1,2]", "[\"cat\",null]", "cats", "[\"cat\",\"cat\"]"})
  void should_refuse_class_names_that_are_none(String names) throws IOException {
    TableFiles.write(train, "F32", "I64", names, FEATURES, 0, 1, 0);

    assertThatIOException().isThrownBy(this::load).withMessageStartingWith(train + ": ");
  }
}
