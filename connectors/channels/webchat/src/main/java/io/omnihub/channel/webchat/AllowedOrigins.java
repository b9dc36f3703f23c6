package io.omnihub.channel.webchat;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which pages may talk to the chat: origins as of RFC 6454. */
final class AllowedOrigins {
  private static final Pattern ORIGIN = Pattern.compile("https?://[^/?#\\s@]+");
  private static final Pattern LOOPBACK =
      Pattern.compile("http://(?:localhost|127\\.0\\.0\\.1)(?::\\d{1,5})?");

  private final Set<String> listed;
  private final boolean any;
  private final boolean loopback;

  private AllowedOrigins(Set<String> listed, boolean any, boolean loopback) {
    this.listed = Set.copyOf(listed);
    this.any = any;
    this.loopback = loopback;
  }

  /** An empty list means the hub's own origin, and loopback so that a demo works. */
  static AllowedOrigins of(List<String> listed, URI publicUrl) {
    if (listed.isEmpty()) {
      String own = publicUrl.getScheme() + "://" + publicUrl.getRawAuthority();
      return new AllowedOrigins(Set.of(normal(own)), false, true);
    }
    Set<String> origins =
        listed.stream()
            .filter(origin -> !origin.equals("*"))
            .map(AllowedOrigins::checked)
            .collect(Collectors.toSet());
    return new AllowedOrigins(origins, listed.contains("*"), false);
  }

  /**
   * Whether a page of this origin may talk to the chat. Browsers always name the origin of a page
   * on another site, so that none at all is no foreign page.
   */
  boolean allow(String origin) {
    return origin.isEmpty()
        || any
        || listed.contains(normal(origin))
        || (loopback && LOOPBACK.matcher(origin).matches());
  }

  private static String checked(String written) {
    String origin = normal(written);
    if (!ORIGIN.matcher(origin).matches()) {
      throw new IllegalArgumentException(
          "allowed-origins: '"
              + written
              + "' is no origin, expected scheme and host such as https://shop.example.com");
    }
    return origin;
  }

  private static String normal(String origin) {
    String lower = origin.strip().toLowerCase(Locale.ROOT);
    String bare = lower.endsWith("/") ? lower.substring(0, lower.length() - 1) : lower;
    if (bare.startsWith("https://") && bare.endsWith(":443")) {
      return bare.substring(0, bare.length() - 4);
    }
    return bare.startsWith("http://") && bare.endsWith(":80")
        ? bare.substring(0, bare.length() - 3)
        : bare;
  }
}
