package io.omnihub.core.conversation;

import io.omnihub.api.model.Part;
import java.util.List;
import java.util.Optional;

/** Understands an answer to choices that the channel could show only as a numbered list. Pure. */
final class ChoiceReader {
  private ChoiceReader() {}

  /**
   * The choice that was meant when the words are the number or the label of an option of the last
   * message.
   */
  static Optional<Part.Choice> read(List<Part> asked, List<Part> answered) {
    if (answered.size() != 1 || !(answered.getFirst() instanceof Part.Text text)) {
      return Optional.empty();
    }
    String words = text.text().strip();
    for (Part part : asked) {
      if (part instanceof Part.Choices choices) {
        Optional<Part.Option> option = match(choices.options(), words);
        if (option.isPresent()) {
          return option.map(o -> new Part.Choice(o.id(), o.label()));
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Part.Option> match(List<Part.Option> options, String words) {
    String bare =
        words.endsWith(".") || words.endsWith(")") ? words.substring(0, words.length() - 1) : words;
    for (int i = 0; i < options.size(); i++) {
      if (bare.equals(Integer.toString(i + 1)) || options.get(i).label().equalsIgnoreCase(words)) {
        return Optional.of(options.get(i));
      }
    }
    return Optional.empty();
  }
}
