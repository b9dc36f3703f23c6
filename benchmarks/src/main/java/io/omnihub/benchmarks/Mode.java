package io.omnihub.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/** One thing that is measured. */
interface Mode {

  /**
   * Measures and prints a table.
   *
   * @param folder empty; takes what the programs write
   */
  void run(Path folder) throws IOException, SQLException, InterruptedException;
}
