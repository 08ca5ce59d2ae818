package org.equipoise.cli.architecture;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** The Java sources of all modules, read by the compiler's own parser. */
final class HouseSources {

  private static final Path ROOT = Path.of("").toAbsolutePath().getParent().getParent();
  private static final int DEEPEST_SOURCE_FOLDER = 5;

  private HouseSources() {}

  /** Parses the sources of all modules' tests, and those of the testkit. */
  static List<CompilationUnitTree> tests() {
    return Stream.concat(
            folders("src/test/java").flatMap(HouseSources::files),
            files(ROOT.resolve("api/testkit/src/main/java")))
        .map(file -> new Parsed(file).unit())
        .toList();
  }

  /** Returns the javadoc of a type, or nothing if it has none. */
  static Optional<DocCommentTree> javadoc(String type) {
    String name = type.replace('.', '/') + ".java";
    Path file =
        folders("src/main/java")
            .map(folder -> folder.resolve(name))
            .filter(Files::exists)
            .findFirst()
            .orElseThrow(() -> new AssertionError("no module has " + name));
    return new Parsed(file).javadoc();
  }

  private static Stream<Path> folders(String end) {
    return walk(ROOT, DEEPEST_SOURCE_FOLDER)
        .filter(folder -> folder.endsWith(end) && Files.isDirectory(folder));
  }

  private static Stream<Path> files(Path folder) {
    return walk(folder, Integer.MAX_VALUE)
        .filter(file -> file.toString().endsWith(".java") && !file.endsWith("package-info.java"));
  }

  private static Stream<Path> walk(Path folder, int depth) {
    try (Stream<Path> found = Files.walk(folder, depth)) {
      return found.sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Parsed(JavacTask task, CompilationUnitTree unit) {

    Parsed(Path file) {
      this(task(file));
    }

    private Parsed(JavacTask task) {
      this(task, unit(task));
    }

    private static JavacTask task(Path file) {
      return (JavacTask)
          ToolProvider.getSystemJavaCompiler()
              .getTask(null, null, null, List.of(), null, List.of(new Source(file)));
    }

    private static CompilationUnitTree unit(JavacTask task) {
      try {
        return task.parse().iterator().next();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    Optional<DocCommentTree> javadoc() {
      Tree type =
          unit.getTypeDecls().stream()
              .filter(ClassTree.class::isInstance)
              .findFirst()
              .orElseThrow();
      TreePath path = TreePath.getPath(unit, type);
      return Optional.ofNullable(DocTrees.instance(task).getDocCommentTree(path));
    }
  }

  private static final class Source extends SimpleJavaFileObject {
    private final Path file;

    Source(Path file) {
      super(file.toUri(), Kind.SOURCE);
      this.file = file;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) throws IOException {
      return Files.readString(file);
    }
  }
}
