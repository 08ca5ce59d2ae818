package org.equipoise.cli.architecture;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParameterizedTypeTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Which parts the test sources of all modules hold to which contracts. */
final class ContractTests {

  /**
   * A test class, as its source has it.
   *
   * @param supers simple names of what it extends and implements
   * @param parts what its {@code spec()} makes, by full name; empty without such a method
   */
  private record TestType(List<String> supers, Set<String> parts) {}

  private final List<TestType> types = new ArrayList<>();
  private final Map<String, List<String>> supersByName = new HashMap<>();

  ContractTests(Collection<CompilationUnitTree> sources) {
    sources.forEach(source -> new Reader(source).scan(source, null));
  }

  /** Returns the full names of the parts that a test with this contract makes. */
  Set<String> partsHeldTo(String contract) {
    Set<String> parts = new HashSet<>();
    types.stream()
        .filter(type -> reaches(type.supers(), contract))
        .forEach(type -> parts.addAll(type.parts()));
    return parts;
  }

  private boolean reaches(List<String> supers, String contract) {
    Deque<String> open = new ArrayDeque<>(supers);
    Set<String> seen = new HashSet<>();
    while (!open.isEmpty()) {
      String name = open.poll();
      if (name.equals(contract)) {
        return true;
      }
      if (seen.add(name)) {
        open.addAll(supersByName.getOrDefault(name, List.of()));
      }
    }
    return false;
  }

  private final class Reader extends TreeScanner<Void, Void> {
    private final CompilationUnitTree source;

    Reader(CompilationUnitTree source) {
      this.source = source;
    }

    @Override
    public Void visitClass(ClassTree type, Void unused) {
      List<String> supers =
          Stream.concat(
                  Stream.ofNullable(type.getExtendsClause()), type.getImplementsClause().stream())
              .map(Reader::simpleName)
              .toList();
      Set<String> parts = new LinkedHashSet<>();
      members(type, "spec").forEach(spec -> parts.addAll(made(type, spec)));
      types.add(new TestType(supers, parts));
      supersByName.put(type.getSimpleName().toString(), supers);
      return super.visitClass(type, null);
    }

    private Set<String> made(ClassTree type, Tree spec) {
      Set<String> here = madeBy(spec);
      if (!here.isEmpty()) {
        return here;
      }
      // Not made on the spot: by what the method names, a constant or another method.
      Set<String> named = new LinkedHashSet<>();
      new TreeScanner<Void, Void>() {
        @Override
        public Void visitIdentifier(IdentifierTree name, Void unused) {
          members(type, name.getName().toString()).forEach(member -> named.addAll(madeBy(member)));
          return null;
        }
      }.scan(spec, null);
      return named;
    }

    /** Returns what is made at the outside; what is handed to it is not under test. */
    private Set<String> madeBy(Tree member) {
      Set<String> names = new LinkedHashSet<>();
      new TreeScanner<Void, Void>() {
        @Override
        public Void visitNewClass(NewClassTree made, Void unused) {
          names.add(fullName(simpleName(made.getIdentifier())));
          return null;
        }
      }.scan(member, null);
      return names;
    }

    private String fullName(String simpleName) {
      return source.getImports().stream()
          .map(ImportTree::getQualifiedIdentifier)
          .map(Tree::toString)
          .filter(name -> name.endsWith("." + simpleName))
          .findFirst()
          .orElse(source.getPackageName() + "." + simpleName);
    }

    private static Stream<? extends Tree> members(ClassTree type, String name) {
      return type.getMembers().stream()
          .filter(
              member ->
                  (member instanceof MethodTree method && method.getName().contentEquals(name))
                      || (member instanceof VariableTree field
                          && field.getName().contentEquals(name)));
    }

    private static String simpleName(Tree type) {
      String raw =
          (type instanceof ParameterizedTypeTree generic ? generic.getType() : type).toString();
      return raw.substring(raw.lastIndexOf('.') + 1);
    }
  }
}
