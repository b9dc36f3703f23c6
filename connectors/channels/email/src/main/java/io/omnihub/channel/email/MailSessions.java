package io.omnihub.channel.email;

import jakarta.mail.Session;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ssl.SSLSocketFactory;

/** What the mail library is told about a connection. Its own time-outs are infinite. */
final class MailSessions {
  private static final Duration CONNECT = Duration.ofSeconds(15);
  private static final Duration READ = Duration.ofSeconds(30);

  /** A server may take its time after the last dot (RFC 5321, section 4.5.3.2.6). */
  private static final Duration READ_SMTP = Duration.ofMinutes(2);

  private static final Duration WRITE = Duration.ofSeconds(60);

  private MailSessions() {}

  /**
   * For reading.
   *
   * @param timers runs the write time-outs; the library would make a thread for each connection
   */
  static Session imap(
      EmailConfig.Server server,
      boolean oauth,
      CuttableSockets sockets,
      ScheduledExecutorService timers) {
    Properties properties = common("mail.imap", server, oauth, READ);
    properties.put("mail.imap.socketFactory", sockets.plain());
    properties.put("mail.imap.ssl.socketFactory", sockets.overTls());
    properties.put("mail.imap.executor.writetimeout", timers);
    return Session.getInstance(properties);
  }

  /** For sending; bounces are asked for where the server can. */
  static Session smtp(
      EmailConfig.Server server, Login login, SSLSocketFactory secure, SmtpNames names) {
    Properties properties = common("mail.smtp", server, login.oauth(), READ_SMTP);
    properties.put("mail.smtp.ssl.socketFactory", secure);
    properties.setProperty("mail.smtp.auth", String.valueOf(!login.none()));
    properties.setProperty("mail.smtp.from", names.envelopeFrom());
    properties.setProperty("mail.smtp.localhost", names.localHost());
    properties.setProperty("mail.smtp.quitwait", "false");
    properties.setProperty("mail.smtp.dsn.notify", "FAILURE");
    properties.setProperty("mail.smtp.dsn.ret", "HDRS");
    return Session.getInstance(properties);
  }

  /** How the sender calls itself. */
  record SmtpNames(String envelopeFrom, String localHost) {}

  private static Properties common(
      String prefix, EmailConfig.Server server, boolean oauth, Duration read) {
    Properties properties = new Properties();
    properties.setProperty(prefix + ".connectiontimeout", millis(CONNECT));
    properties.setProperty(prefix + ".timeout", millis(read));
    properties.setProperty(prefix + ".writetimeout", millis(WRITE));
    // otherwise a refused certificate is tried again with another idea of trust
    properties.setProperty(prefix + ".socketFactory.fallback", "false");
    properties.setProperty(prefix + ".ssl.checkserveridentity", "true");
    properties.setProperty(prefix + ".auth.mechanisms", oauth ? "XOAUTH2" : "PLAIN LOGIN");
    switch (server.tls()) {
      case IMPLICIT -> properties.setProperty(prefix + ".ssl.enable", "true");
      case STARTTLS -> {
        properties.setProperty(prefix + ".starttls.enable", "true");
        properties.setProperty(prefix + ".starttls.required", "true");
      }
      case NONE -> {
        // nothing to set: plain text, for a relay on the same machine or a test
      }
    }
    return properties;
  }

  private static String millis(Duration duration) {
    return String.valueOf(duration.toMillis());
  }
}
