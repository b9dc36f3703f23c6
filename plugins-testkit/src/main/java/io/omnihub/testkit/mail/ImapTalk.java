package io.omnihub.testkit.mail;

import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads an IMAP dialogue along: offers STARTTLS, hides IDLE, refuses to hand out some mails. */
final class ImapTalk implements Talk {
  private static final Pattern COMMAND =
      Pattern.compile("(\\S+) ((?:UID )?[A-Za-z]+)(.*)", Pattern.DOTALL);
  private static final Pattern VALIDITY = Pattern.compile("\\[UIDVALIDITY (\\d+)]");
  private static final Pattern ONE_BODY = Pattern.compile(" (\\d+) .*BODY.*", Pattern.DOTALL);

  private final Rules rules;
  private volatile boolean secure;
  private volatile boolean idling;

  ImapTalk(Rules rules, boolean secure) {
    this.rules = rules;
    this.secure = secure;
  }

  /** What holds for all connections. */
  static final class Rules {
    private final Set<Long> withheld = ConcurrentHashMap.newKeySet();
    private final Queue<String> commands = new ConcurrentLinkedQueue<>();
    private final AtomicInteger validityShift = new AtomicInteger();
    private volatile boolean idle = true;

    Set<Long> withheld() {
      return withheld;
    }

    Queue<String> commands() {
      return commands;
    }

    void shiftValidity() {
      validityShift.incrementAndGet();
    }

    void offerIdle(boolean offer) {
      idle = offer;
    }
  }

  @Override
  public Reaction fromClient(String line) {
    Matcher command = COMMAND.matcher(line);
    if (!command.matches()) {
      return new Reaction.Pass(line);
    }
    idling = command.group(2).equals("IDLE");
    if (!idling) {
      rules.commands.add(command.group(2));
    }
    if (command.group(2).equals("STARTTLS") && !secure) {
      secure = true;
      return new Reaction.Upgrade(command.group(1) + " OK go ahead");
    }
    Matcher body = ONE_BODY.matcher(command.group(3));
    if (command.group(2).equals("UID FETCH")
        && body.matches()
        && rules.withheld.contains(Long.valueOf(body.group(1)))) {
      return new Reaction.Answer(command.group(1) + " NO this message is damaged");
    }
    return new Reaction.Pass(line);
  }

  @Override
  public Reaction fromServer(String line) {
    if (idling && line.startsWith("+")) {
      // only now does the server tell of mail
      idling = false;
      rules.commands.add("IDLE");
    }
    if (line.startsWith("* CAPABILITY")) {
      String shown = rules.idle ? line : line.replace(" IDLE", "");
      return new Reaction.Pass(
          secure ? shown : shown.replace("* CAPABILITY", "* CAPABILITY STARTTLS"));
    }
    Matcher validity = VALIDITY.matcher(line);
    if (validity.find()) {
      long shifted = Long.parseLong(validity.group(1)) + rules.validityShift.get();
      return new Reaction.Pass(validity.replaceFirst("[UIDVALIDITY " + shifted + "]"));
    }
    return new Reaction.Pass(line);
  }
}
