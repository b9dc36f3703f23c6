package io.omnihub.core.store;

import io.omnihub.core.store.Transaction.Work;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * A few connections for reading. Each keeps its statements prepared, which a general pool of
 * connections would prepare anew at every use: preparing costs more than most reads. A connection
 * that is lost is made anew when it is needed next. Safe for all threads.
 */
final class Readers {
  private final BlockingQueue<Link> idle;
  private final List<Link> all = new ArrayList<>();

  Readers(Database database, int count) throws SQLException {
    idle = new ArrayBlockingQueue<>(count);
    for (int i = 0; i < count; i++) {
      Link link = new Link(database, false);
      link.open();
      all.add(link);
      idle.add(link);
    }
  }

  <T> T read(Work<T> work) throws SQLException, InterruptedException {
    Link link = idle.take();
    try {
      return read(link, work);
    } finally {
      idle.add(link);
    }
  }

  /** A connection may have died while it was idle, so a lost one is no reason to fail yet. */
  private static <T> T read(Link link, Work<T> work) throws SQLException {
    try {
      return work.run(link.open());
    } catch (SQLException e) {
      link.failed();
      if (link.isOpen()) {
        throw e;
      }
    }
    return work.run(link.open());
  }

  void close() throws SQLException {
    for (Link link : all) {
      link.close();
    }
  }
}
