package io.omnihub.dist.faults;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How words travel: a person writes {@code WORD v0 and more}, an edit is {@code WORD v1 and more},
 * and the bot answers each message with a line {@code re WORD}.
 */
final class Wording {
  private static final Pattern QUESTION = Pattern.compile("(\\S+) v(\\d+)( .*)?");
  private static final String ANSWER = "re ";

  private Wording() {}

  static String text(String word, int version, String more) {
    return word + " v" + version + " " + more;
  }

  /** A message of a person as the hub shows it; one without a known form has no word. */
  static Stored.Question question(Person who, String text) {
    Matcher matcher = QUESTION.matcher(text.strip());
    return matcher.matches()
        ? new Stored.Question(who, matcher.group(1), Integer.parseInt(matcher.group(2)))
        : new Stored.Question(who, "", 0);
  }

  /** The bot's answer to all messages of a turn. */
  static String answer(JsonNode turn) {
    StringBuilder answer = new StringBuilder();
    for (JsonNode text : turn.path("messages").findValues("text")) {
      answer.append(ANSWER).append(text.asText().split(" ", 2)[0]).append('\n');
    }
    return answer.toString().strip();
  }

  /** The words that an answer names. */
  static List<String> answered(String text) {
    return text.lines()
        .filter(line -> line.startsWith(ANSWER))
        .map(line -> line.substring(ANSWER.length()).strip())
        .toList();
  }
}
