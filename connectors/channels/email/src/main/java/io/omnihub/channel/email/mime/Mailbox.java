package io.omnihub.channel.email.mime;

import io.omnihub.api.model.Identity;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One address of a header, as a person wrote it.
 *
 * @param name decoded display name, empty when there is none
 * @param address normalised by {@link #normalised}
 */
record Mailbox(String name, String address) {
  private static final int MOST = 500;
  private static final Pattern ANGLE = Pattern.compile("<([^<>]*)>");
  private static final Pattern COMMENT = Pattern.compile("\\(([^()]*)\\)");

  private static final Pattern BLANK_BETWEEN = Pattern.compile("(?<=\\w)\\s+(?=\\S+@)");

  /** All usable addresses of the header fields, in order. */
  static List<Mailbox> list(List<String> raws, String charsetHint) {
    List<Mailbox> mailboxes = new ArrayList<>();
    for (String raw : raws) {
      for (String piece : pieces(raw)) {
        Mailbox mailbox = one(piece, charsetHint);
        if (mailbox.address().indexOf('@') > 0 && mailboxes.size() < MOST) {
          mailboxes.add(mailbox);
        }
      }
    }
    return mailboxes;
  }

  /**
   * Lower case; the domain in its ASCII form, in which two spellings of one are equal. Case in the
   * local part matters to no server in use.
   */
  static String normalised(String address) {
    String text = address.replaceAll("[\\s\\p{Cntrl}]", "").toLowerCase(Locale.ROOT);
    int at = text.lastIndexOf('@');
    if (at < 1 || at == text.length() - 1) {
      return text;
    }
    String domain = text.substring(at + 1);
    try {
      domain = IDN.toASCII(domain, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      // A domain that is none in any script stays as written: it still tells senders apart.
      return text;
    }
    return text.substring(0, at + 1)
        + (domain.endsWith(".") ? domain.substring(0, domain.length() - 1) : domain);
  }

  Identity identity() {
    return Identity.of("email", address);
  }

  String local() {
    return address.substring(0, address.lastIndexOf('@'));
  }

  String domain() {
    return address.substring(address.lastIndexOf('@') + 1);
  }

  private static Mailbox one(String piece, String hint) {
    Matcher angle = ANGLE.matcher(piece);
    if (angle.find()) {
      String address = angle.group(1);
      while (angle.find()) {
        address = angle.group(1).contains("@") ? angle.group(1) : address;
      }
      return new Mailbox(
          name(piece.substring(0, piece.indexOf('<')), hint), address(address, hint));
    }
    Matcher comment = COMMENT.matcher(piece);
    String name = comment.find() ? name(comment.group(1), hint) : "";
    return new Mailbox(name, address(piece, hint));
  }

  private static String address(String raw, String hint) {
    String uncommented = COMMENT.matcher(raw).replaceAll("").strip();
    String text = Charsets.decode(uncommented.getBytes(StandardCharsets.ISO_8859_1), hint);
    boolean several = text.indexOf('@') != text.lastIndexOf('@');
    text = several ? BLANK_BETWEEN.split(text)[0] : text;
    // RFC 822 source routes: @relay,@other:ann@example.com
    int route = text.startsWith("@") ? text.indexOf(':') : -1;
    String plain = normalised(text.substring(route + 1));
    return plain.startsWith("mailto:") ? plain.substring("mailto:".length()) : plain;
  }

  private static String name(String raw, String hint) {
    String text = raw.strip();
    if (text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")) {
      text = text.substring(1, text.length() - 1).replaceAll("\\\\(.)", "$1");
    }
    String decoded = Headers.clean(EncodedWords.decode(text.replace("\"", ""), hint));
    return decoded.length() > 1 && decoded.startsWith("'") && decoded.endsWith("'")
        ? decoded.substring(1, decoded.length() - 1)
        : decoded;
  }

  /** Splits at commas and group marks outside of quotes, comments and angle brackets. */
  private static List<String> pieces(String raw) {
    List<String> pieces = new ArrayList<>();
    StringBuilder piece = new StringBuilder();
    boolean quoted = false;
    boolean angle = false;
    int comment = 0;
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '\\' && i + 1 < raw.length() && (quoted || comment > 0)) {
        piece.append(c).append(raw.charAt(++i));
        continue;
      }
      quoted ^= c == '"' && comment == 0;
      if (!quoted) {
        comment = Math.max(0, comment + (c == '(' ? 1 : c == ')' ? -1 : 0));
        angle = c == '<' || (angle && c != '>');
      }
      boolean free = !quoted && !angle && comment == 0;
      if (free && c == ':' && piece.indexOf("@") < 0) {
        piece.setLength(0);
      } else if (free && (c == ',' || c == ';')) {
        pieces.add(piece.toString());
        piece.setLength(0);
      } else {
        piece.append(c);
      }
    }
    pieces.add(piece.toString());
    return pieces;
  }
}
