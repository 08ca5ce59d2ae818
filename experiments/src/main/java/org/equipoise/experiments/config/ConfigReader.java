package org.equipoise.experiments.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.equipoise.experiments.json.CanonicalJson;
import org.equipoise.experiments.registry.Registry;

/**
 * Reads the config of an experiment: YAML or JSON, with every default spelled out and every error
 * reported at once.
 *
 * <p>A key that is left out has the value that the part standing there publishes, so a loss that is
 * given as {@code {type: focal-softmax}} has the published gamma. Naming the type that a method
 * uses by default keeps the values that the method chose for it.
 */
public final class ConfigReader {

  private final Registry registry;
  private final ObjectMapper mapper;

  /**
   * Reads configs that name the parts of a registry.
   *
   * @param registry the parts
   * @param mapper a mapper for the same registry
   */
  @Inject
  public ConfigReader(Registry registry, ObjectMapper mapper) {
    this.registry = registry;
    this.mapper = mapper;
  }

  /**
   * Reads a file.
   *
   * @param file a {@code .yaml}, {@code .yml} or {@code .json} file
   * @param overrides changes of single values, such as {@code arms[0].method.loss.tau=0.5}, in the
   *     order in which they apply; the value is read as YAML
   * @return the config
   * @throws ConfigException if anything is wrong with file or overrides; it says all that is
   */
  public ExperimentConfig read(Path file, List<String> overrides) {
    String fileName = file.getFileName().toString();
    int dot = fileName.lastIndexOf('.');
    String stem = dot < 1 ? fileName : fileName.substring(0, dot);
    Problems problems = new Problems();
    Optional<ObjectNode> tree = tree(file, fileName.substring(dot + 1), problems);
    if (tree.isEmpty()) {
      throw new ConfigException(
          fileName, problems.inOrderOf(JsonNodeFactory.instance.objectNode()));
    }
    for (String override : overrides) {
      Assignment.apply(override, tree.get(), problems);
    }
    Optional<ExperimentConfig> config = resolve(tree.get(), stem, problems);
    if (config.isEmpty() || !problems.isEmpty()) {
      throw new ConfigException(fileName, problems.inOrderOf(tree.get()));
    }
    return config.get();
  }

  private static Optional<ObjectNode> tree(Path file, String extension, Problems problems) {
    boolean yaml = extension.equals("yaml") || extension.equals("yml");
    if (!yaml && !extension.equals("json")) {
      problems.add("", "expected a file that ends in .yaml, .yml or .json");
      return Optional.empty();
    }
    return text(file, problems)
        .flatMap(text -> new TreeReader(problems).read("", text, yaml))
        .flatMap(
            tree -> {
              if (tree instanceof ObjectNode object) {
                return Optional.of(object);
              }
              problems.add("", "expected a mapping of keys, found " + Scalars.found(tree));
              return Optional.empty();
            });
  }

  private static Optional<String> text(Path file, Problems problems) {
    try {
      return Optional.of(Files.readString(file));
    } catch (NoSuchFileException e) {
      problems.add("", "there is no such file: " + file);
    } catch (MalformedInputException e) {
      problems.add("", "expected text in UTF-8");
    } catch (IOException e) {
      problems.add("", "cannot be read: " + e);
    }
    return Optional.empty();
  }

  private Optional<ExperimentConfig> resolve(ObjectNode tree, String stem, Problems problems) {
    List<Optional<String>> ids = new ArrayList<>();
    tree.path("arms").forEach(arm -> ids.add(Optional.ofNullable(arm.path("id").textValue())));
    String baseline = ids.stream().findFirst().flatMap(id -> id).orElse("");
    ConfigDefaults defaults = new ConfigDefaults(mapper, stem, baseline);
    Optional<JsonNode> resolved =
        new Resolver(registry, mapper, defaults, problems).experiment(tree);
    problems.addAll(broken(tree, stem, ids));
    if (resolved.isEmpty() || !problems.isEmpty()) {
      return Optional.empty();
    }
    try {
      ExperimentConfig config = mapper.treeToValue(resolved.get(), ExperimentConfig.class);
      refuseEqualArms(config, problems);
      return Optional.of(config);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a resolved config cannot be bound: " + e.getMessage(), e);
    }
  }

  /** Applies the rules between the parts to whatever of them is readable. */
  private static List<Problem> broken(ObjectNode tree, String stem, List<Optional<String>> ids) {
    ExperimentRules rules = new ExperimentRules();
    JsonNode name = tree.path("name");
    if (name.isTextual() || name.isMissingNode()) {
      rules.checkName(name.asText(stem));
    }
    wholeNumber(tree.path("threads")).ifPresent(rules::checkThreads);
    List<Long> seeds = new ArrayList<>();
    tree.path("seeds").forEach(seed -> wholeNumber(seed).ifPresent(seeds::add));
    if (tree.path("seeds").isArray() && seeds.size() == tree.path("seeds").size()) {
      rules.checkSeeds(seeds);
    }
    if (tree.path("arms").isArray()) {
      rules.checkArms(ids);
    }
    List<String> known = ids.stream().flatMap(Optional::stream).toList();
    // Left out it is the first arm; and an id that is not readable might be the one.
    if (tree.path("baseline").isTextual() && known.size() == ids.size()) {
      rules.checkBaseline(tree.path("baseline").textValue(), known);
    }
    return rules.problems();
  }

  private static Optional<Long> wholeNumber(JsonNode node) {
    return node.isIntegralNumber() && node.canConvertToLong()
        ? Optional.of(node.longValue())
        : Optional.empty();
  }

  // Two arms that are one computation would be compared as if they were two.
  private void refuseEqualArms(ExperimentConfig config, Problems problems) {
    CanonicalJson canonical = new CanonicalJson(mapper);
    Map<String, ArmConfig> first = new HashMap<>();
    for (int i = 0; i < config.arms().size(); i++) {
      ArmConfig arm = config.arms().get(i);
      ArmConfig other = first.putIfAbsent(canonical.text(arm.method()), arm);
      if (other != null) {
        problems.add(
            Paths.index("arms", i),
            "\""
                + arm.id()
                + "\" is the same as \""
                + other.id()
                + "\": their methods are equal once every default is spelled out");
      }
    }
  }
}
