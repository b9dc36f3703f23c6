package io.omnihub.core.store;

import io.omnihub.core.store.Transaction.Work;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import javax.sql.DataSource;

/**
 * A few connections for reading. Each keeps its statements prepared, which a general pool of
 * connections would prepare anew at every use: preparing costs more than most reads. Safe for all
 * threads.
 */
final class Readers {
  private final DataSource source;
  private final BlockingQueue<Transaction> idle;
  private final List<Connection> connections = new ArrayList<>();

  Readers(DataSource source, int count) throws SQLException {
    this.source = source;
    idle = new ArrayBlockingQueue<>(count);
    for (int i = 0; i < count; i++) {
      idle.add(connect());
    }
  }

  private synchronized Transaction connect() throws SQLException {
    Connection connection = source.getConnection();
    connections.add(connection);
    return new Transaction(connection, false);
  }

  <T> T read(Work<T> work) throws SQLException, InterruptedException {
    Transaction reader = idle.take();
    try {
      return work.run(reader);
    } catch (SQLException e) {
      reader.closeStatements();
      throw e;
    } finally {
      idle.add(reader);
    }
  }

  synchronized void close() throws SQLException {
    for (Connection connection : connections) {
      connection.close();
    }
  }
}
