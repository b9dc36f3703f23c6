package io.omnihub.channel.email;

import io.omnihub.api.connector.AccountState;
import io.omnihub.testkit.harness.ConnectorHarness;
import io.omnihub.testkit.mail.MailSimulator;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** The hub's mailbox at a simulated provider, and settings that lead to it. */
final class Provider implements AutoCloseable {
  static final String SUPPORT = "support@example.com";
  static final String ANN = "ann@customers.example";
  static final String PASSWORD = "s3cret-pass";

  final MailSimulator mail = new MailSimulator();

  Provider() {
    mail.createMailbox(SUPPORT, PASSWORD);
  }

  Map<String, Object> settings() {
    return settings("none", Map.of());
  }

  Map<String, Object> settings(String tls, Map<String, Object> more) {
    boolean implicit = tls.equals("implicit");
    Map<String, Object> settings = new HashMap<>();
    settings.put("address", SUPPORT);
    settings.put("imap", server(implicit ? mail.imapsPort() : mail.imapPort(), tls));
    settings.put("smtp", server(implicit ? mail.smtpsPort() : mail.smtpPort(), tls));
    settings.put("trust", mail.certificate().toString());
    settings.put("poll", "50ms");
    settings.putAll(more);
    return settings;
  }

  ConnectorHarness start(AccountState state) {
    return ConnectorHarness.start(new EmailPlugin(), settings(), Clock.systemUTC(), state);
  }

  ConnectorHarness start() {
    return start(ConnectorHarness.freshState());
  }

  static Map<String, Object> server(int port, String tls) {
    return new HashMap<>(
        Map.of("host", "127.0.0.1", "port", port, "tls", tls, "password", PASSWORD));
  }

  @Override
  public void close() {
    mail.close();
  }
}
