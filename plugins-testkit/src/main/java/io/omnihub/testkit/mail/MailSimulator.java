package io.omnihub.testkit.mail;

import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.user.UserException;
import com.icegreen.greenmail.user.UserManager;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.omnihub.testkit.simulator.Mischief;
import jakarta.mail.Flags;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A mail provider on loopback, and the customers who use it. Plain ports offer STARTTLS. {@code
 * name+detail@domain} goes to the mailbox of {@code name@domain}; a mailbox that nobody has created
 * is created when the first mail comes, with its address as password.
 */
public final class MailSimulator implements AutoCloseable {
  private final GreenMail greenMail;
  private final Mischief mischief;
  private final Map<String, String> refusals = new ConcurrentHashMap<>();
  private final ImapTalk.Rules imapRules = new ImapTalk.Rules();
  private final List<Gate> smtpGates;
  private final List<Gate> imapGates;

  /** On free ports, without mischief. */
  public MailSimulator() {
    this(Ports.FREE, new Mischief(1));
  }

  /**
   * Starts to listen.
   *
   * @param mischief drawn from once for each mail that is submitted
   */
  public MailSimulator(Ports ports, Mischief mischief) {
    this.mischief = mischief;
    greenMail =
        new GreenMail(
            new ServerSetup[] {
              new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP),
              new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP)
            });
    greenMail.start();
    users().setMessageDeliveryHandler((message, recipient) -> mailbox(recipient.getEmail()));
    smtpGates = List.of(smtpGate(ports.smtp(), false), smtpGate(ports.smtps(), true));
    imapGates = List.of(imapGate(ports.imap(), false), imapGate(ports.imaps(), true));
  }

  /** Where to listen; 0 takes a free port. */
  public record Ports(int smtp, int smtps, int imap, int imaps) {
    public static final Ports FREE = new Ports(0, 0, 0, 0);
  }

  public int smtpPort() {
    return smtpGates.getFirst().port();
  }

  public int smtpsPort() {
    return smtpGates.getLast().port();
  }

  public int imapPort() {
    return imapGates.getFirst().port();
  }

  public int imapsPort() {
    return imapGates.getLast().port();
  }

  /** The self-signed certificate of all its ports, valid for 127.0.0.1 and localhost, as PEM. */
  public Path certificate() {
    return Loopback.shared().certificate();
  }

  /** What happens to submitted mails. */
  public Mischief mischief() {
    return mischief;
  }

  /** Creates a mailbox whose user name is its address. */
  public void createMailbox(String address, String password) {
    try {
      users().createUser(address, address, password);
    } catch (UserException e) {
      throw new IllegalStateException("no mailbox for " + address, e);
    }
  }

  /** From now on SMTP answers RCPT for that address with this line. */
  public void refuse(String address, String reply) {
    refusals.put(address.toLowerCase(Locale.ROOT), reply);
  }

  /** From now on IMAP answers a FETCH of that mail's content with NO. */
  public void withhold(long uid) {
    imapRules.withheld().add(uid);
  }

  /** Whether IMAP connections that are made from now on can IDLE. */
  public void offerIdle(boolean offer) {
    imapRules.offerIdle(offer);
  }

  /** The words of the IMAP commands that clients have sent, oldest first. */
  public List<String> imapCommands() {
    return List.copyOf(imapRules.commands());
  }

  /** How many IMAP connections are open. */
  public int imapConnections() {
    return imapGates.stream().mapToInt(Gate::open).sum();
  }

  /** Breaks all connections and refuses new ones until {@link #restore()}. */
  public void cut() {
    gates().forEach(Gate::cut);
  }

  public void restore() {
    gates().forEach(Gate::restore);
  }

  /** A customer writes; headers are added as they are. */
  public SimulatedMail customerSends(
      String from, String to, String subject, String text, Map<String, String> headers) {
    return deliver(to, from, MailTexts.plain(from, to, subject, text, headers));
  }

  public SimulatedMail customerSends(String from, String to, String subject, String text) {
    return customerSends(from, to, subject, text, Map.of());
  }

  /** The owner of the mailbox answers as mail programs do: references, quoted text. */
  public SimulatedMail customerReplies(SimulatedMail received, String text) {
    String to =
        MailTexts.bare(
            received.header("Reply-To").isEmpty()
                ? received.header("From")
                : received.header("Reply-To"));
    return deliver(to, received.mailbox(), MailTexts.reply(received, to, text));
  }

  /** A mail server reports that the mail could not be delivered. */
  public SimulatedMail bounce(SimulatedMail received) {
    String to = MailTexts.bare(received.header("From"));
    return deliver(to, "", MailTexts.bounce(received, to));
  }

  /** Puts a mail as it is into a mailbox. */
  public SimulatedMail deliverRaw(String to, byte[] raw) {
    return put(to, raw, Instant.now());
  }

  /** As above, as if it had come at that time. */
  public SimulatedMail deliverRaw(String to, byte[] raw, Instant received) {
    return put(to, raw, received);
  }

  /** What lies in the mailbox of an address, oldest first. */
  public List<SimulatedMail> mailsFor(String address) {
    GreenMailUser user = users().getUserByEmail(withoutDetail(address));
    if (user == null) {
      return List.of();
    }
    return inbox(user).getNonDeletedMessages().stream()
        .map(stored -> new SimulatedMail(user.getEmail(), stored.getMimeMessage()))
        .toList();
  }

  /**
   * The provider rebuilds a mailbox, with the same mails: UIDs begin anew at 1, UIDVALIDITY
   * changes, connections break.
   */
  public void rebuild(String address) {
    GreenMailUser old = mailbox(address);
    List<MimeMessage> mails =
        inbox(old).getNonDeletedMessages().stream().map(m -> m.getMimeMessage()).toList();
    List<Date> dates =
        inbox(old).getNonDeletedMessages().stream().map(m -> m.getReceivedDate()).toList();
    imapRules.shiftValidity();
    users().deleteUser(old);
    try {
      GreenMailUser fresh = users().createUser(old.getEmail(), old.getLogin(), old.getPassword());
      for (int i = 0; i < mails.size(); i++) {
        inbox(fresh).appendMessage(mails.get(i), new Flags(), dates.get(i));
      }
    } catch (UserException e) {
      throw new IllegalStateException("the mailbox could not be rebuilt", e);
    }
    gates().forEach(Gate::breakAll);
  }

  @Override
  public void close() {
    gates().forEach(Gate::close);
    greenMail.stop();
  }

  private List<Gate> gates() {
    return List.of(
        smtpGates.getFirst(), smtpGates.getLast(), imapGates.getFirst(), imapGates.getLast());
  }

  private Gate smtpGate(int port, boolean tls) {
    return new Gate(
        port,
        () -> greenMail.getSmtp().getPort(),
        tls,
        () -> new SmtpTalk(mischief, refusals, tls));
  }

  private Gate imapGate(int port, boolean tls) {
    return new Gate(
        port, () -> greenMail.getImap().getPort(), tls, () -> new ImapTalk(imapRules, tls));
  }

  private SimulatedMail deliver(String to, String envelopeFrom, String mail) {
    String trace = "Return-Path: <" + envelopeFrom + ">\r\nDelivered-To: " + to + "\r\n";
    return put(to, MailTexts.bytes(trace + mail), Instant.now());
  }

  private SimulatedMail put(String to, byte[] raw, Instant received) {
    GreenMailUser user = mailbox(to);
    try {
      MimeMessage message =
          new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(raw));
      inbox(user).appendMessage(message, new Flags(), Date.from(received));
      return new SimulatedMail(user.getEmail(), message);
    } catch (MessagingException e) {
      throw new IllegalStateException("the mail could not be delivered", e);
    }
  }

  private GreenMailUser mailbox(String address) {
    String bare = withoutDetail(address);
    GreenMailUser user = users().getUserByEmail(bare);
    if (user == null) {
      createMailbox(bare, bare);
      user = users().getUserByEmail(bare);
    }
    return user;
  }

  private MailFolder inbox(GreenMailUser user) {
    try {
      return greenMail.getManagers().getImapHostManager().getInbox(user);
    } catch (FolderException e) {
      throw new IllegalStateException("no inbox for " + user.getEmail(), e);
    }
  }

  private UserManager users() {
    return greenMail.getUserManager();
  }

  private static String withoutDetail(String address) {
    return address.toLowerCase(Locale.ROOT).replaceFirst("\\+[^@]*@", "@");
  }
}
