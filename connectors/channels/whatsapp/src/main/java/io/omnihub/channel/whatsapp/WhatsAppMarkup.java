package io.omnihub.channel.whatsapp;

import io.omnihub.api.model.Part;
import java.util.regex.Pattern;

/** Markdown as WhatsApp marks words up; a text never becomes longer by it. */
final class WhatsAppMarkup {
  private static final Pattern ITALIC =
      Pattern.compile("(?<![*\\w])\\*(?=[^\\s*])([^*\\n]+?)(?<=[^\\s*])\\*(?![*\\w])");
  private static final Pattern BOLD = Pattern.compile("(\\*\\*|__)(?=\\S)(.+?)(?<=\\S)\\1");
  private static final Pattern STRUCK = Pattern.compile("~~(?=\\S)(.+?)(?<=\\S)~~");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6}[ \\t]+(\\S[^\\n]*?)[ \\t]*$");
  private static final Pattern LINK = Pattern.compile("\\[([^\\]\\n]+)]\\((https?://[^)\\s]+)\\)");

  private WhatsAppMarkup() {}

  static String of(Part.Text text) {
    return text.format() == Part.Format.MARKDOWN ? ofMarkdown(text.text()) : text.text();
  }

  /** What stands between backticks is the same for WhatsApp, and stays as it is. */
  private static String ofMarkdown(String markdown) {
    String[] pieces = markdown.split("(?=`)|(?<=`)", -1);
    StringBuilder out = new StringBuilder();
    StringBuilder words = new StringBuilder();
    boolean code = false;
    for (String piece : pieces) {
      if (!piece.equals("`")) {
        (code ? out : words).append(piece);
        continue;
      }
      out.append(marked(words.toString()));
      words.setLength(0);
      out.append(piece);
      code = !code;
    }
    return out.append(marked(words.toString())).toString();
  }

  /** Italics first, as bold ends in the same sign. */
  private static String marked(String words) {
    String text = ITALIC.matcher(words).replaceAll("_$1_");
    text = HEADING.matcher(text).replaceAll("**$1**");
    text = BOLD.matcher(text).replaceAll("*$2*");
    text = STRUCK.matcher(text).replaceAll("~$1~");
    return LINK.matcher(text).replaceAll("$1 ($2)");
  }
}
