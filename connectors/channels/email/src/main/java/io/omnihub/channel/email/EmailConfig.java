package io.omnihub.channel.email;

import io.omnihub.api.config.ConfigSpec;
import io.omnihub.api.config.Secret;
import io.omnihub.api.config.SettingType;
import io.omnihub.api.config.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * The settings of one mailbox.
 *
 * @param reading empty when the account only sends
 * @param sending empty when the account only receives
 * @param oauth empty when it logs in with passwords
 * @param trust path of a PEM file with further certificates to trust, empty when none
 * @param replyTokenSecret empty when the account is to make up its own
 */
record EmailConfig(
    String address,
    Optional<Reading> reading,
    Optional<Sending> sending,
    Optional<OAuth> oauth,
    String trust,
    String trustedAuthservId,
    Optional<Secret> replyTokenSecret) {

  static final ConfigSpec SPEC =
      ConfigSpec.builder()
          .required("address", SettingType.TEXT, "The address that customers write to.")
          .optional("name", SettingType.TEXT, "The name beside the address in mails that go out.")
          .optional(
              "subject", SettingType.TEXT, "The subject of mails that continue no thread with one.")
          .section(
              "imap", false, "Where mails are read; without it the account only sends.", imap())
          .section(
              "smtp", false, "Where mails are sent; without it the account only reads.", smtp())
          .section("oauth2", false, "Log in with OAuth 2 (XOAUTH2) instead of passwords.", oauth2())
          .withDefault(
              "poll",
              SettingType.DURATION,
              "60s",
              "How often the folder is looked at where the server cannot tell by itself (IDLE).")
          .withDefault(
              "backfill",
              SettingType.DURATION,
              "0s",
              "How old mails may be that lie there when the account starts for the first time.")
          .withDefault("max-size", SettingType.SIZE, "25MiB", "Larger mails are set aside unread.")
          .withDefault(
              "auto-replies-per-hour",
              SettingType.INTEGER,
              "20",
              "How many mails of bots one address gets within an hour at most.")
          .withDefault(
              "plus-address",
              SettingType.FLAG,
              "true",
              "Whether the mailbox also gets name+anything@domain, to which answers are then sent.")
          .optional("trust", SettingType.TEXT, "A PEM file with certificates to trust besides.")
          .optionalSecret(
              "reply-token-secret", "Signs the reply addresses; made up when it is not given.")
          .optional(
              "trusted-authserv-id",
              SettingType.TEXT,
              "The name under which the own server writes Authentication-Results.")
          .build();

  private static final String CONTROL = "[\\p{Cntrl}]";

  /** How a connection is protected. */
  enum Tls {
    IMPLICIT,
    STARTTLS,
    NONE
  }

  /** A server and how to log in to it. */
  record Server(String host, int port, Tls tls, String username, Secret password) {}

  /** How the mailbox is read. */
  record Reading(Server server, String folder, Duration poll, Duration backfill, int maxSize) {}

  /** How mails are sent. */
  record Sending(
      Server server, String name, String subject, int autoRepliesPerHour, boolean plusAddress) {}

  /** Where access tokens come from. */
  record OAuth(
      URI tokenUrl,
      String clientId,
      Optional<Secret> clientSecret,
      Secret refreshToken,
      String scope) {}

  /**
   * Reads checked settings.
   *
   * @throws IllegalArgumentException when they contradict each other
   */
  static EmailConfig from(Settings settings) {
    String address = settings.text("address").strip();
    if (!address.matches("[^\\s@<>,;:\"]+@[^\\s@<>,;:\"]+")) {
      throw new IllegalArgumentException("address: expected one such as support@example.com");
    }
    if (settings.section("imap").isEmpty() && settings.section("smtp").isEmpty()) {
      throw new IllegalArgumentException("imap or smtp: at least one of them is required");
    }
    Optional<OAuth> oauth = settings.section("oauth2").map(EmailConfig::oauth);
    boolean password = oauth.isEmpty();
    return new EmailConfig(
        address,
        settings.section("imap").map(imap -> reading(settings, imap, address, password)),
        settings.section("smtp").map(smtp -> sending(settings, smtp, address, password)),
        oauth,
        settings.text("trust"),
        settings.text("trusted-authserv-id"),
        settings.has("reply-token-secret")
            ? Optional.of(settings.secret("reply-token-secret"))
            : Optional.empty());
  }

  String domain() {
    return address.substring(address.lastIndexOf('@') + 1);
  }

  private static Reading reading(
      Settings settings, Settings imap, String address, boolean password) {
    return new Reading(
        server("imap", imap, address, new int[] {993, 143}, password),
        imap.text("folder"),
        settings.duration("poll"),
        settings.duration("backfill"),
        Math.toIntExact(Math.min(settings.size("max-size"), 256L << 20)));
  }

  private static Sending sending(
      Settings settings, Settings smtp, String address, boolean password) {
    return new Sending(
        // a relay on the own network may want no log-in at all
        server("smtp", smtp, address, new int[] {465, 587}, password && smtp.has("username")),
        settings.text("name").replaceAll(CONTROL, " ").strip(),
        settings.text("subject").replaceAll(CONTROL, " ").strip(),
        settings.integer("auto-replies-per-hour"),
        settings.flag("plus-address"));
  }

  private static Server server(
      String section, Settings settings, String address, int[] ports, boolean passwordNeeded) {
    if (passwordNeeded && !settings.has("password")) {
      throw new IllegalArgumentException(section + ".password: is required without oauth2");
    }
    Tls tls =
        switch (settings.text("tls")) {
          case "starttls" -> Tls.STARTTLS;
          case "none" -> Tls.NONE;
          default -> Tls.IMPLICIT;
        };
    return new Server(
        settings.text("host"),
        settings.optionalInteger("port").orElse(tls == Tls.IMPLICIT ? ports[0] : ports[1]),
        tls,
        settings.has("username") ? settings.text("username") : address,
        settings.secret("password"));
  }

  private static OAuth oauth(Settings oauth) {
    return new OAuth(
        oauth.address("token-url"),
        oauth.text("client-id"),
        oauth.has("client-secret") ? Optional.of(oauth.secret("client-secret")) : Optional.empty(),
        oauth.secret("refresh-token"),
        oauth.text("scope"));
  }

  private static ConfigSpec imap() {
    return server()
        .withDefault("folder", SettingType.TEXT, "INBOX", "The folder that is read.")
        .build();
  }

  private static ConfigSpec smtp() {
    return server().build();
  }

  private static ConfigSpec.Builder server() {
    return ConfigSpec.builder()
        .required("host", SettingType.TEXT, "The server's name.")
        .optional("port", SettingType.INTEGER, "Its port; by default the usual one.")
        .choice(
            "tls",
            "TLS from the start, by STARTTLS (without it no connection), or none.",
            "implicit",
            "starttls",
            "none")
        .optional("username", SettingType.TEXT, "The user to log in as; by default the address.")
        .optionalSecret("password", "The user's password.");
  }

  private static ConfigSpec oauth2() {
    return ConfigSpec.builder()
        .required("token-url", SettingType.ADDRESS, "Where access tokens are fetched.")
        .required("client-id", SettingType.TEXT, "The application's id.")
        .optionalSecret("client-secret", "The application's secret, if it has one.")
        .requiredSecret("refresh-token", "The token that the owner of the mailbox has granted.")
        .optional("scope", SettingType.TEXT, "The scope to ask for, if the provider wants one.")
        .build();
  }
}
