package io.omnihub.channel.email;

import jakarta.mail.Folder;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.eclipse.angus.mail.iap.ByteArray;
import org.eclipse.angus.mail.iap.ConnectionException;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.iap.Response;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.IMAPStore;
import org.eclipse.angus.mail.imap.protocol.BODY;
import org.eclipse.angus.mail.imap.protocol.FetchResponse;
import org.eclipse.angus.mail.imap.protocol.IMAPProtocol;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;
import org.eclipse.angus.mail.imap.protocol.INTERNALDATE;
import org.eclipse.angus.mail.imap.protocol.RFC822SIZE;
import org.eclipse.angus.mail.imap.protocol.UID;

/**
 * One open IMAP connection to one folder. It is opened for reading only (EXAMINE) and fetched from
 * with PEEK, so that no mail is ever marked as seen. Belongs to one thread.
 */
final class Mailbox implements AutoCloseable {
  private static final int INFOS_AT_ONCE = 200;
  private static final DateTimeFormatter IMAP_DATE =
      DateTimeFormatter.ofPattern("d-MMM-yyyy", Locale.ENGLISH);

  private final IMAPStore store;
  private final IMAPFolder folder;
  private final Clock clock;
  private boolean news;

  private Mailbox(IMAPStore store, IMAPFolder folder, Clock clock) {
    this.clock = clock;
    this.store = store;
    this.folder = folder;
  }

  /**
   * A mail that is there.
   *
   * @param received when it came to the server (INTERNALDATE)
   */
  record Found(long uid, long size, Instant received) {}

  /** Connects, logs in and opens the folder. */
  static Mailbox open(Session session, EmailConfig.Reading reading, Login login, Clock clock)
      throws MessagingException {
    IMAPStore store = new IMAPStore(session, null);
    EmailConfig.Server server = reading.server();
    try {
      store.connect(server.host(), server.port(), login.user(), login.secret().reveal());
      IMAPFolder folder = (IMAPFolder) store.getFolder(reading.folder());
      folder.open(Folder.READ_ONLY);
      Mailbox mailbox = new Mailbox(store, folder, clock);
      mailbox.listen();
      return mailbox;
    } catch (MessagingException | RuntimeException e) {
      store.close();
      throw e;
    }
  }

  long validity() throws MessagingException {
    return folder.getUIDValidity();
  }

  /** The UID that the next mail will get. */
  long nextUid() throws MessagingException {
    long announced = folder.getUIDNext();
    if (announced > 0) {
      return announced;
    }
    return search("UID SEARCH ALL").stream().mapToLong(Long::longValue).max().orElse(0) + 1;
  }

  /** UIDs from this one on, ascending. */
  List<Long> from(long uid) throws MessagingException {
    news = false;
    // n:* also names the last mail when its UID is below n
    return search("UID SEARCH UID " + uid + ":*").stream().filter(found -> found >= uid).toList();
  }

  /** UIDs from one up to but without another, of mails that came on that day or later. */
  List<Long> between(long uid, long end, Instant since) throws MessagingException {
    // a server counts days in a zone of its own
    String day = IMAP_DATE.format(LocalDate.ofInstant(since, ZoneOffset.UTC).minusDays(1));
    return search("UID SEARCH UID " + uid + ":" + (end - 1) + " SINCE " + day).stream()
        .filter(found -> found >= uid && found < end)
        .toList();
  }

  /** What is known about these mails; those that are gone by now are left out. */
  List<Found> describe(List<Long> uids) throws MessagingException {
    List<Found> found = new ArrayList<>();
    for (int start = 0; start < uids.size(); start += INFOS_AT_ONCE) {
      String set =
          uids.subList(start, Math.min(start + INFOS_AT_ONCE, uids.size())).stream()
              .map(String::valueOf)
              .collect(Collectors.joining(","));
      for (Response response : command("UID FETCH " + set + " (UID RFC822.SIZE INTERNALDATE)")) {
        if (response instanceof FetchResponse fetched && fetched.getItem(UID.class) != null) {
          found.add(found(fetched));
        }
      }
    }
    return found.stream().sorted((a, b) -> Long.compare(a.uid(), b.uid())).toList();
  }

  /** The whole mail, cut at the limit; empty when it is gone. */
  byte[] content(long uid, int limit) throws MessagingException {
    return fetch(uid, "BODY.PEEK[]<0." + limit + ">");
  }

  /** Its headers, cut at the limit; empty when it is gone. */
  byte[] headers(long uid, int limit) throws MessagingException {
    return fetch(uid, "BODY.PEEK[HEADER]<0." + limit + ">");
  }

  boolean canIdle() throws MessagingException {
    return (Boolean) folder.doCommand(protocol -> protocol.hasCapability("IDLE"));
  }

  /** Returns when the server says that mail has come, or after the limit. */
  void idle(Duration limit) throws MessagingException {
    if (!news) {
      long end = System.nanoTime() + limit.toNanos();
      folder.doCommand(
          protocol -> {
            idle(protocol, end);
            return true;
          });
    }
  }

  @Override
  public void close() throws MessagingException {
    try {
      if (folder.isOpen()) {
        folder.forceClose();
      }
    } finally {
      store.close();
    }
  }

  private void listen() throws MessagingException {
    folder.doCommand(
        protocol -> {
          protocol.addResponseHandler(
              response -> {
                if (response instanceof IMAPResponse imap && imap.keyEquals("EXISTS")) {
                  news = true;
                }
              });
          return true;
        });
  }

  private void idle(IMAPProtocol protocol, long end) throws ProtocolException {
    protocol.idleStart();
    boolean ending = false;
    boolean more = true;
    while (more) {
      if (news && !ending) {
        protocol.idleAbort();
        ending = true;
      }
      Response response = protocol.readIdleResponse();
      if (response == null) {
        return;
      }
      if (!silence(response)) {
        more = protocol.processIdleResponse(response);
      } else if (ending) {
        throw new ConnectionException("the server does not answer the end of IDLE");
      } else if (System.nanoTime() - end >= 0) {
        protocol.idleAbort();
        ending = true;
      }
    }
  }

  /** A read that timed out, with nothing lost: the library tells it as a BYE of its own. */
  private static boolean silence(Response response) {
    return response.isBYE()
        && response.isSynthetic()
        && response.getException() instanceof java.net.SocketTimeoutException timeout
        && timeout.bytesTransferred == 0;
  }

  private List<Long> search(String command) throws MessagingException {
    List<Long> uids = new ArrayList<>();
    for (Response response : command(command)) {
      if (response instanceof IMAPResponse imap && imap.keyEquals("SEARCH")) {
        for (long uid = imap.readLong(); uid != -1; uid = imap.readLong()) {
          uids.add(uid);
        }
      }
    }
    return uids.stream().sorted().toList();
  }

  private byte[] fetch(long uid, String item) throws MessagingException {
    for (Response response : command("UID FETCH " + uid + " (UID " + item + ")")) {
      if (response instanceof FetchResponse fetched
          && fetched.getItem(UID.class) != null
          && fetched.getItem(UID.class).uid == uid
          && fetched.getItem(BODY.class) != null) {
        ByteArray bytes = fetched.getItem(BODY.class).getByteArray();
        return bytes == null ? new byte[0] : bytes.getNewBytes();
      }
    }
    return new byte[0];
  }

  private Found found(FetchResponse fetched) {
    RFC822SIZE size = fetched.getItem(RFC822SIZE.class);
    INTERNALDATE date = fetched.getItem(INTERNALDATE.class);
    return new Found(
        fetched.getItem(UID.class).uid,
        size == null ? 0 : size.size,
        date == null || date.getDate() == null ? clock.instant() : date.getDate().toInstant());
  }

  /**
   * Sends one command.
   *
   * @throws jakarta.mail.FolderClosedException when the connection is gone
   * @throws MessagingException when the server answers NO or BAD
   */
  private Response[] command(String command) throws MessagingException {
    return (Response[])
        folder.doCommand(
            protocol -> {
              Response[] responses = protocol.command(command, null);
              protocol.notifyResponseHandlers(responses);
              protocol.handleResult(responses[responses.length - 1]);
              return responses;
            });
  }
}
