package io.omnihub.testkit.mail;

import io.omnihub.testkit.simulator.Fault;
import io.omnihub.testkit.simulator.Mischief;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Reads an SMTP dialogue along: offers STARTTLS, refuses recipients, breaks around DATA. */
final class SmtpTalk implements Talk {
  private static final Duration LATE = Duration.ofMillis(500);

  private final Mischief mischief;
  private final Map<String, String> refusals;
  private volatile boolean secure;
  private volatile boolean greeting;
  private volatile boolean content;
  private volatile boolean dropReply;
  private volatile Fault fault = Fault.NONE;

  /**
   * Starts with the connection.
   *
   * @param refusals what is said to RCPT, by address
   */
  SmtpTalk(Mischief mischief, Map<String, String> refusals, boolean secure) {
    this.mischief = mischief;
    this.refusals = refusals;
    this.secure = secure;
  }

  @Override
  public Reaction fromClient(String line) {
    if (content) {
      if (line.strip().equals(".")) {
        content = false;
        dropReply = fault == Fault.CUT_AFTER;
      }
      return new Reaction.Pass(line);
    }
    String command = line.strip().toUpperCase(Locale.ROOT);
    if (command.equals("STARTTLS") && !secure) {
      secure = true;
      return new Reaction.Upgrade("220 2.0.0 go ahead");
    }
    if (command.equals("DATA")) {
      return data(line);
    }
    greeting = command.startsWith("EHLO");
    String refusal = command.startsWith("RCPT TO:") ? refusals.get(addressIn(line)) : null;
    return refusal == null ? new Reaction.Pass(line) : new Reaction.Answer(refusal);
  }

  @Override
  public Reaction fromServer(String line) {
    if (dropReply) {
      return new Reaction.Cut();
    }
    if (content && !line.startsWith("354")) {
      content = false;
    }
    if (greeting && line.startsWith("250") && !secure) {
      greeting = false;
      return new Reaction.Pass(
          "250-" + line.substring(4) + "250" + line.charAt(3) + "STARTTLS\r\n");
    }
    return new Reaction.Pass(line);
  }

  private Reaction data(String line) {
    fault = mischief.draw();
    return switch (fault) {
      case CUT_BEFORE -> new Reaction.Cut();
      case THROTTLE -> new Reaction.Answer("451 4.7.1 too much at once");
      case SERVER_ERROR -> new Reaction.Answer("450 4.3.2 not now");
      case DELAY -> {
        LockSupport.parkNanos(LATE.toNanos());
        content = true;
        yield new Reaction.Pass(line);
      }
      case NONE, CUT_AFTER, HANG, DUPLICATE, REORDER -> {
        content = true;
        yield new Reaction.Pass(line);
      }
    };
  }

  private static String addressIn(String line) {
    int from = line.indexOf('<');
    int to = line.indexOf('>', from);
    return from < 0 || to < 0 ? "" : line.substring(from + 1, to).toLowerCase(Locale.ROOT);
  }
}
