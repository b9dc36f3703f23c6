package io.omnihub.core.config;

import io.omnihub.api.config.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A YAML document as plain maps, lists and texts, with references substituted and the line of each
 * path remembered.
 */
final class YamlTree {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^}]*)}");

  private final Function<String, String> environment;
  private final Map<String, Integer> lines = new HashMap<>();
  private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());
  private final List<Problem> problems = new ArrayList<>();
  private Map<String, Object> root = Map.of();

  private YamlTree(Function<String, String> environment) {
    this.environment = environment;
  }

  /** Reads a document; what is wrong with it is in {@link #problems()}. */
  static YamlTree read(String text, Function<String, String> environment) {
    YamlTree tree = new YamlTree(environment);
    try {
      LoaderOptions options = new LoaderOptions();
      options.setAllowDuplicateKeys(false);
      options.setMaxAliasesForCollections(20);
      Node node = new Yaml(new SafeConstructor(options)).compose(new java.io.StringReader(text));
      tree.take(node);
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      tree.lines.put("", line);
      tree.problems.add(new Problem("", "is not YAML: " + harmless(e.getProblem())));
    } catch (YAMLException e) {
      tree.problems.add(
          new Problem("", "is not YAML: it holds a control character or is nested too deeply"));
    }
    return tree;
  }

  /**
   * What the parser complains of may be a secret: an unquoted value that begins with a star is
   * taken for an alias.
   */
  private static String harmless(String problem) {
    return problem != null && problem.contains("alias")
        ? "a value that begins with * or & has to be quoted"
        : String.valueOf(problem);
  }

  Map<String, Object> root() {
    return root;
  }

  List<Problem> problems() {
    return problems;
  }

  /** The line of a path, or of the nearest one above it that is written in the file. */
  int line(String path) {
    String known = path;
    while (!lines.containsKey(known) && known.contains(".")) {
      known = known.substring(0, known.lastIndexOf('.'));
    }
    return lines.getOrDefault(known, lines.getOrDefault("", 1));
  }

  @SuppressWarnings("unchecked")
  private void take(Node node) {
    if (node == null) {
      return;
    }
    if (!(node instanceof MappingNode)) {
      problems.add(new Problem("", "expected settings as key: value"));
      return;
    }
    root = (Map<String, Object>) value(node, "");
  }

  private Object value(Node node, String path) {
    lines.putIfAbsent(path, node.getStartMark().getLine() + 1);
    if (!open.add(node)) {
      problems.add(new Problem(path, "holds itself"));
      return null;
    }
    try {
      return valueOf(node, path);
    } finally {
      open.remove(node);
    }
  }

  private Object valueOf(Node node, String path) {
    return switch (node) {
      case MappingNode mapping -> mapping(mapping, path);
      case SequenceNode sequence -> sequence(sequence, path);
      case ScalarNode scalar when scalar.getTag().equals(Tag.NULL) -> null;
      case ScalarNode scalar -> substitute(scalar.getValue(), path);
      default ->
          throw new IllegalStateException("an unexpected kind of YAML node: " + node.getNodeId());
    };
  }

  private Map<String, Object> mapping(MappingNode mapping, String path) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
      String inner = path.isEmpty() ? key : path + "." + key;
      lines.put(inner, tuple.getKeyNode().getStartMark().getLine() + 1);
      if (values.containsKey(key)) {
        problems.add(new Problem(inner, "stands here twice"));
      }
      values.put(key, value(tuple.getValueNode(), inner));
    }
    return values;
  }

  private List<Object> sequence(SequenceNode sequence, String path) {
    List<Object> values = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      values.add(value(item, path + "." + values.size()));
    }
    return values;
  }

  private String substitute(String text, String path) {
    Matcher matcher = REFERENCE.matcher(text);
    StringBuilder filled = new StringBuilder();
    while (matcher.find()) {
      matcher.appendReplacement(filled, Matcher.quoteReplacement(resolve(matcher.group(1), path)));
    }
    return matcher.appendTail(filled).toString();
  }

  private String resolve(String reference, String path) {
    if (reference.startsWith("file:")) {
      return contentOf(reference.substring("file:".length()), path);
    }
    int dash = reference.indexOf(":-");
    String name = dash < 0 ? reference : reference.substring(0, dash);
    String value = environment.apply(name);
    if (value != null && !(value.isEmpty() && dash >= 0)) {
      return value;
    }
    if (dash >= 0) {
      return reference.substring(dash + 2);
    }
    problems.add(
        new Problem(
            path,
            "the environment variable "
                + name
                + " is not set, expected a value or ${"
                + name
                + ":-default}"));
    return "";
  }

  private String contentOf(String file, String path) {
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException e) {
      problems.add(
          new Problem(
              path, "the file " + file + " cannot be read, expected a file with the value"));
      return "";
    }
  }
}
