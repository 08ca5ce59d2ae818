package org.equipoise.experiments.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordJsonTest {

  @TempDir private Path folder;

  @Test
  void should_read_what_was_written_if_every_kind_of_figure_is_there() throws IOException {
    Path file = folder.resolve("deep/record.json");
    RunRecord record = RunRecords.withEveryKindOfFigure();

    RecordJson.write(file, record);

    assertThat(RecordJson.read(file, RunRecord.class)).isEqualTo(record);
  }

  @Test
  void should_write_the_golden_text_if_written() throws IOException {
    Path file = folder.resolve("record.json");

    RecordJson.write(file, RunRecords.withEveryKindOfFigure());

    try (var golden = getClass().getResourceAsStream("record.json")) {
      assertThat(file).hasBinaryContent(golden.readAllBytes());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'\"seed\" : 1'      | '\"seed\" : 1.5'",
        "'\"seed\" : 1'      | '\"seed\" : \"1\"'",
        "'\"seed\" : 1'      | '\"seed\" : null'",
        "'\"seed\" : 1,'     | ''",
        "'\"seed\" : 1'      | '\"seed\" : 1, \"seed\" : 1'",
        "'\"seed\" : 1'      | '\"seed\" : 1, \"sead\" : 1'",
        "'\"arm\" : \"softmax\"' | '\"arm\" : null'",
        "'\"reused\" : false' | '\"reused\" : 0'",
        "'\"threads\" : 1'   | '\"threads\" : 1.0'",
      })
  void should_refuse_a_record_and_name_its_file_if_a_value_is_not_exactly_right(
      String right, String wrong) throws IOException {
    String text = RecordJson.text(RunRecords.withEveryKindOfFigure());
    assertThat(text).contains(right);
    Path file = Files.writeString(folder.resolve("record.json"), text.replace(right, wrong));

    assertThatThrownBy(() -> RecordJson.read(file, RunRecord.class))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("record.json: not a RunRecord of this version: ");
  }

  @Test
  void should_read_records_and_outlines_of_builds_that_did_not_note_remarks() throws IOException {
    RunRecord record = RunRecords.withoutLossEffects(RunRecords.withEveryKindOfFigure());
    ExperimentOutline outline =
        new ExperimentOutline(
            "e",
            "a",
            List.of(new ExperimentOutline.OutlinedRun("0a", "a", 1)),
            List.of(new Conflict("kind", "a", "train", Conflict.Standing.WARNING, "what", "why")));
    String later = RecordJson.text(record);
    String earlier = later.replaceFirst("\"lossEffects\" : \\[ ],", "");
    Path whole = folder.resolve("whole.json");
    RecordJson.write(whole, outline);
    String cut = Files.readString(whole).replaceFirst("(?s),\\s*\"conflicts\" : \\[.*]", "");

    assertThat(earlier).isNotEqualTo(later);
    assertThat(cut).doesNotContain("conflicts");
    assertThat(RecordJson.read(whole, ExperimentOutline.class)).isEqualTo(outline);
    assertThat(
            RecordJson.read(
                Files.writeString(folder.resolve("record.json"), earlier), RunRecord.class))
        .isEqualTo(record);
    assertThat(
            RecordJson.read(
                    Files.writeString(folder.resolve("outline.json"), cut), ExperimentOutline.class)
                .conflicts())
        .isEmpty();
  }

  @Test
  void should_refuse_a_record_if_it_was_cut_off_or_added_to() throws IOException {
    String text = RecordJson.text(RunRecords.withEveryKindOfFigure());

    Path half = Files.writeString(folder.resolve("half.json"), text.substring(0, 100));
    Path twice = Files.writeString(folder.resolve("twice.json"), text + text);

    assertThatThrownBy(() -> RecordJson.read(half, RunRecord.class))
        .hasMessageContaining("half.json");
    assertThatThrownBy(() -> RecordJson.read(twice, RunRecord.class))
        .hasMessageContaining("twice.json");
    assertThatThrownBy(() -> RecordJson.read(folder.resolve("none.json"), RunRecord.class))
        .isInstanceOf(NoSuchFileException.class);
  }
}
