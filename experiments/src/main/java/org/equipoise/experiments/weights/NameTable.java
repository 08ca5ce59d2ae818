package org.equipoise.experiments.weights;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.equipoise.api.model.BackboneSpec;
import org.equipoise.api.model.TorchNames;

/** What the parameters of a network are called in a file. */
final class NameTable {

  static final String BACKBONE = "backbone.";
  static final String HEAD = "head.";

  // What wraps a network in checkpoints: nn.DataParallel, and the halves of classifier-balancing.
  private static final Pattern WRAPPED =
      Pattern.compile("(?:module|model|backbone|encoder|feat_model|classifier|network)\\.(.+)");
  private static final Pattern CLASSIFIER =
      Pattern.compile("(?:fc|linear|classifier|classifier\\.fc|classifier\\.1|head)\\.(\\w+)");

  private final Optional<TorchNames> torch;

  private NameTable(Optional<TorchNames> torch) {
    this.torch = torch;
  }

  /**
   * Returns the names for a backbone and the head behind it.
   *
   * @throws IllegalArgumentException if the backbone has no names of that kind
   */
  static NameTable of(WeightNames names, BackboneSpec backbone) {
    if (names == WeightNames.EQUIPOISE) {
      return new NameTable(Optional.empty());
    }
    return new NameTable(
        Optional.of(
            backbone
                .torchNames()
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            "names: backbone "
                                + backbone.typeName()
                                + " has no names of PyTorch; expected equipoise"))));
  }

  /** Returns what a parameter of ours is called in a file. */
  String theirs(String own) {
    if (torch.isEmpty()) {
      return own;
    }
    if (own.startsWith(HEAD)) {
      return torch.get().head() + "." + own.substring(HEAD.length());
    }
    String name = torch.get().parameters().get(own.substring(BACKBONE.length()));
    if (name == null) {
      throw new IllegalStateException("torch names: none for parameter " + own);
    }
    return name;
  }

  /**
   * Returns the name without what wraps the network, and with the classifier's usual name.
   *
   * @param written the name in the file
   * @param known tells the names that {@link #theirs} gives
   * @return a known name, or the name as it is written
   */
  String unwrapped(String written, Predicate<String> known) {
    if (torch.isEmpty()) {
      return written;
    }
    String name = written;
    while (!known.test(name)) {
      Matcher classifier = CLASSIFIER.matcher(name);
      if (classifier.matches()) {
        return torch.get().head() + "." + classifier.group(1);
      }
      Matcher wrapped = WRAPPED.matcher(name);
      if (!wrapped.matches()) {
        return written;
      }
      name = wrapped.group(1);
    }
    return name;
  }

  /** Tells whether an array belongs to the classifier. */
  boolean isHead(String unwrapped) {
    return unwrapped.startsWith(torch.map(names -> names.head() + ".").orElse(HEAD));
  }

  /** Tells whether an array is bookkeeping that no network here has. */
  boolean isIgnored(String written) {
    return torch.isPresent() && written.endsWith(".num_batches_tracked");
  }
}
