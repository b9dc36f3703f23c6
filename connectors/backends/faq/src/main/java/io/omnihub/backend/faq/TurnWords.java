package io.omnihub.backend.faq;

import io.omnihub.api.model.Message;
import io.omnihub.api.model.Part;
import io.omnihub.api.model.Turn;
import java.util.ArrayList;
import java.util.List;

/**
 * What a person said in a turn, in words: texts, labels of picked options, captions.
 *
 * @param texts oldest first, none of them blank, together at most {@link #LIMIT} characters
 */
record TurnWords(List<String> texts) {
  /** Characters that are looked at; a question to a bot is in the beginning. */
  static final int LIMIT = 2_000;

  static TurnWords of(Turn turn) {
    List<String> texts = new ArrayList<>();
    int room = LIMIT;
    for (Message message : turn.messages()) {
      for (Part part : message.parts()) {
        String text = cut(words(part).strip(), room).strip();
        if (!text.isEmpty()) {
          texts.add(text);
          room -= text.length();
        }
      }
    }
    return new TurnWords(List.copyOf(texts));
  }

  boolean isEmpty() {
    return texts.isEmpty();
  }

  String joined() {
    return String.join("\n", texts);
  }

  /** At most so many characters, without half a character at the end. */
  static String cut(String text, int limit) {
    if (text.length() <= limit) {
      return text;
    }
    boolean half = limit > 0 && Character.isHighSurrogate(text.charAt(limit - 1));
    return text.substring(0, half ? limit - 1 : limit);
  }

  private static String words(Part part) {
    return switch (part) {
      case Part.Text text -> text.text();
      case Part.Choice choice -> choice.label().isBlank() ? choice.id() : choice.label();
      case Part.Media media -> media.caption();
      case Part.Location location -> "";
      case Part.ContactCard card -> "";
      case Part.Choices choices -> "";
      case Part.Card card -> "";
      case Part.Carousel carousel -> "";
      case Part.Template template -> "";
      case Part.Unsupported unsupported -> "";
    };
  }
}
