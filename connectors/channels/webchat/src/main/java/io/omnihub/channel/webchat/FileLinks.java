package io.omnihub.channel.webchat;

import io.omnihub.api.model.Part;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Addresses under which a visitor may load attachments, because an image in a page can carry no
 * token. Each is signed for one visitor and one attachment, and ends after a week.
 */
final class FileLinks {
  static final String PREFIX = "chat";

  private static final String ATTACHMENTS = "/api/v1/attachments/";
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
  private static final Duration LIFE = Duration.ofDays(7);
  private static final int TAG_LENGTH = 22;

  private final String base;
  private final Pattern written;
  private final WebchatSignature signature;
  private final Clock clock;

  FileLinks(String account, WebchatSignature signature, Clock clock) {
    this.base = "/" + PREFIX + "/" + account + "/files/";
    this.written = Pattern.compile(Pattern.quote(base) + "([^/?#]{1,128})\\?([^#]{1,400})");
    this.signature = signature;
    this.clock = clock;
  }

  /** The part as the visitor's browser can load it. */
  Part forBrowser(Part part, Visitor visitor) {
    return switch (part) {
      case Part.Media media ->
          media.at(link(media.url(), visitor), media.mediaType(), media.size());
      case Part.Card card -> card(card, visitor);
      case Part.Carousel carousel ->
          new Part.Carousel(carousel.cards().stream().map(card -> card(card, visitor)).toList());
      case Part.Text same -> same;
      case Part.Location same -> same;
      case Part.ContactCard same -> same;
      case Part.Choices same -> same;
      case Part.Choice same -> same;
      case Part.Template same -> same;
      case Part.Unsupported same -> same;
    };
  }

  /** The address for the visitor when it is an attachment of the hub, else the same address. */
  String link(String url, Visitor visitor) {
    if (!url.startsWith(ATTACHMENTS)) {
      return url;
    }
    String id = url.substring(ATTACHMENTS.length());
    // Whole days, so that a browser finds in its cache what it has seen a minute ago.
    Instant end = clock.instant().plus(LIFE).truncatedTo(ChronoUnit.DAYS);
    long expires = end.getEpochSecond();
    String tag = tag(visitor);
    String proof = signature.sign(WebchatSignature.Purpose.FILE, content(id, tag, expires));
    return base + id + "?v=" + tag + "&e=" + expires + "&s=" + proof;
  }

  /** The attachment behind an id and its signed query; empty when the signature does not hold. */
  Optional<String> attachment(String id, Map<String, String> query) {
    String tag = query.getOrDefault("v", "");
    String proof = query.getOrDefault("s", "");
    long expires = number(query.getOrDefault("e", ""));
    boolean holds =
        ID.matcher(id).matches()
            && signature.verify(WebchatSignature.Purpose.FILE, content(id, tag, expires), proof)
            && clock.instant().getEpochSecond() < expires;
    return holds ? Optional.of(ATTACHMENTS + id) : Optional.empty();
  }

  /** The attachment behind an address that was signed for this very visitor. */
  Optional<String> attachmentOf(String link, Visitor visitor) {
    Matcher parts = written.matcher(link);
    if (!parts.matches()) {
      return Optional.empty();
    }
    Map<String, String> query = WebRequest.parameters(parts.group(2));
    return tag(visitor).equals(query.get("v"))
        ? attachment(parts.group(1), query)
        : Optional.empty();
  }

  private Part.Card card(Part.Card card, Visitor visitor) {
    return new Part.Card(
        card.title(), card.subtitle(), link(card.imageUrl(), visitor), card.options());
  }

  /** Stands for the visitor in an address without telling who he is. */
  private String tag(Visitor visitor) {
    return signature.sign(WebchatSignature.Purpose.VISITOR, visitor.id()).substring(0, TAG_LENGTH);
  }

  private static String content(String id, String tag, long expires) {
    return id + "\n" + tag + "\n" + expires;
  }

  private static long number(String digits) {
    return digits.matches("\\d{1,15}") ? Long.parseLong(digits) : 0;
  }
}
