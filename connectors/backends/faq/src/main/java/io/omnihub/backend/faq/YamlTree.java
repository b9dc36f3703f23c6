package io.omnihub.backend.faq;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A piece of a YAML file that knows its line, so that every complaint can name it. */
final class YamlTree {
  /** Characters that a file may have; more is surely not a list of questions. */
  private static final int LIMIT = 16 << 20;

  private final String file;
  private final Node node;

  private YamlTree(String file, Node node) {
    this.file = file;
    this.node = node;
  }

  /**
   * The whole file.
   *
   * @throws IllegalArgumentException naming file and line when it is not YAML
   */
  static YamlTree of(String file, String yaml) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(LIMIT);
    try {
      Node root = new Yaml(options).compose(new StringReader(yaml));
      if (root == null) {
        throw new IllegalArgumentException(file + ", line 1: expected `entries:`, it is empty");
      }
      return new YamlTree(file, root);
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      throw new IllegalArgumentException(
          file + ", line " + line + ": expected YAML, " + e.getProblem(), e);
    } catch (YAMLException e) {
      throw new IllegalArgumentException(file + ", line 1: expected YAML, " + e.getMessage(), e);
    }
  }

  /** The values of a mapping that has no keys but these. */
  Map<String, YamlTree> mapping(String what, List<String> allowed) {
    if (!(node instanceof MappingNode mapping)) {
      throw problem("expected " + what + " with " + String.join(", ", allowed));
    }
    Map<String, YamlTree> values = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      YamlTree key = new YamlTree(file, tuple.getKeyNode());
      String name = key.text("a key");
      if (!allowed.contains(name)) {
        throw key.problem(
            "unknown key " + name + ", expected one of " + String.join(", ", allowed));
      }
      if (values.put(name, new YamlTree(file, tuple.getValueNode())) != null) {
        throw key.problem("expected " + name + " once, it stands here again");
      }
    }
    return values;
  }

  /** The items of a list that has at least one. */
  List<YamlTree> list(String what) {
    if (!(node instanceof SequenceNode sequence) || sequence.getValue().isEmpty()) {
      throw problem("expected " + what);
    }
    List<YamlTree> items = new ArrayList<>();
    sequence.getValue().forEach(item -> items.add(new YamlTree(file, item)));
    return items;
  }

  List<String> texts(String what) {
    return list(what).stream().map(item -> item.text("a text")).toList();
  }

  /** A text that is not blank; a number counts as one. */
  String text(String what) {
    if (!(node instanceof ScalarNode scalar)
        || Tag.NULL.equals(scalar.getTag())
        || scalar.getValue().isBlank()) {
      throw problem("expected " + what);
    }
    return scalar.getValue().strip();
  }

  /** One of the words, in lower case. */
  String word(List<String> words) {
    String expected = "one of " + String.join(", ", words);
    String word = text(expected).toLowerCase(Locale.ROOT);
    if (!words.contains(word)) {
      throw problem("expected " + expected);
    }
    return word;
  }

  boolean isMapping() {
    return node instanceof MappingNode;
  }

  /** A complaint about this place. */
  IllegalArgumentException problem(String message) {
    int line = node.getStartMark() == null ? 1 : node.getStartMark().getLine() + 1;
    return new IllegalArgumentException(file + ", line " + line + ": " + message);
  }
}
