package io.omnihub.testkit.smsc;

import java.io.IOException;
import org.jsmpp.DefaultPDUReader;
import org.jsmpp.InvalidResponseException;
import org.jsmpp.SynchronizedPDUSender;
import org.jsmpp.extra.ResponseTimeoutException;
import org.jsmpp.session.SMPPServerSession;
import org.jsmpp.session.connection.Connection;

/** The message centre's side of one connection. */
final class SmscSession extends SMPPServerSession {
  private static final int SUBMISSIONS_AT_ONCE = 20;
  private static final int QUEUE = 200;
  private static final int PATIENCE_MILLIS = 10_000;

  SmscSession(Connection connection, SmscDesk desk, SmscFaults faults) {
    super(
        connection,
        null,
        desk,
        null,
        SUBMISSIONS_AT_ONCE,
        QUEUE,
        new SynchronizedPDUSender(faults),
        new DefaultPDUReader());
    setTransactionTimer(PATIENCE_MILLIS);
  }

  /** Whether the peer answers an enquire_link. */
  boolean ready() {
    try {
      sendEnquireLink();
      return true;
    } catch (ResponseTimeoutException | InvalidResponseException | IOException e) {
      return false;
    }
  }
}
