package io.omnihub.demo;

import java.net.URI;
import java.nio.file.Path;

/** The configuration of the demo's hub, as the text of a file. Pure. */
final class DemoConfig {
  static final String TELEGRAM = "shop-telegram";
  static final String MAIL = "support-mail";
  static final String PARTNER = "partner";
  static final String CHAT = "site-chat";

  private DemoConfig() {}

  /** Where the simulators are. */
  record Providers(URI telegram, int smtpPort, int imapPort, URI partner) {}

  static String text(
      int port, DemoFolder folder, Path knowledge, Providers providers, DemoSecrets secrets) {
    return String.join(
        "\n",
        "server: { port: " + port + " }",
        "store: { url: " + quoted("jdbc:sqlite:" + folder.path().resolve("omnihub.db")) + " }",
        "media: { path: " + quoted(folder.path().resolve("media").toString()) + " }",
        "security:",
        "  api-keys:",
        "    - { name: mia, role: supervisor, key: " + quoted(folder.agentKey()) + " }",
        "    - { name: admin, role: admin, key: " + quoted(folder.adminKey()) + " }",
        "channels:",
        "  " + TELEGRAM + ":",
        "    { plugin: telegram, mode: webhook, token: " + quoted(secrets.telegramToken()) + ",",
        "      secret-token: " + quoted(secrets.telegramSecret()) + ",",
        "      api-url: " + quoted(providers.telegram().toString()) + " }",
        "  " + MAIL + ":",
        "    plugin: email",
        "    address: " + MailSide.SHOP,
        "    name: The little shop",
        "    trusted-authserv-id: " + MailSide.AUTHSERV_ID,
        "    conversation: contact",
        "    poll: 2s",
        "    imap: " + server(providers.imapPort(), secrets),
        "    smtp: " + server(providers.smtpPort(), secrets),
        "  " + PARTNER + ":",
        "    { plugin: webhook, secret: " + quoted(secrets.partnerSecret()) + ",",
        "      callback-url: " + quoted(providers.partner().toString()) + " }",
        "  " + CHAT + ":",
        "    plugin: webchat",
        "    title: The little shop",
        "    visitor-secret: " + quoted(secrets.visitorSecret()),
        "backends:",
        "  faq: { plugin: faq, knowledge: " + quoted(knowledge.toString()) + " }",
        "  desk: { plugin: desk }",
        "routing:",
        "  - { to: [faq, desk] }",
        "");
  }

  private static String server(int port, DemoSecrets secrets) {
    return "{ host: 127.0.0.1, port: "
        + port
        + ", tls: none, username: "
        + quoted(MailSide.SHOP)
        + ", password: "
        + quoted(secrets.mailPassword())
        + " }";
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
