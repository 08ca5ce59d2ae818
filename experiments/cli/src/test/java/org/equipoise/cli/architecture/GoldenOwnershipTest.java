package org.equipoise.cli.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.equipoise.testkit.golden.GoldenFile;
import org.equipoise.testkit.golden.GoldenFiles;
import org.equipoise.testkit.golden.GoldenOwnership;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** Every golden file that ships is tested by one module, or openly waits for what it tests. */
@DisabledIfSystemProperty(named = GoldenFiles.PROPERTY, matches = ".+")
class GoldenOwnershipTest {

  private static final int FEWEST_NAMES = 40;

  private final GoldenOwnership ownership = GoldenOwnership.read(projectRoot());

  /** Surefire runs in the module's folder, which is two below the root. */
  private static Path projectRoot() {
    return Path.of("").toAbsolutePath().getParent().getParent();
  }

  @Test
  void should_give_every_golden_file_one_owner_or_let_it_wait() {
    List<GoldenFile> files = GoldenFiles.all();

    assertThat(files).isNotEmpty();
    assertThat(ownership.problems(files)).isEmpty();
  }

  @Test
  void should_own_and_wait_for_names_that_exist() {
    Set<String> names =
        GoldenFiles.all().stream().map(GoldenFile::name).collect(Collectors.toSet());

    assertThat(names).hasSizeGreaterThanOrEqualTo(FEWEST_NAMES);
    assertThat(names).containsAll(owned()).containsAll(ownership.pending());
  }

  /** The testkit's own list is a fixture: the tests of its reader bring their own files. */
  private List<String> owned() {
    return ownership.owners().entrySet().stream()
        .filter(entry -> !entry.getValue().equals(List.of("api/testkit")))
        .map(Map.Entry::getKey)
        .toList();
  }

  @Test
  void should_let_no_name_wait_any_more() {
    assertThat(ownership.pending()).isEmpty();
  }
}
