package io.omnihub.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A site moves from SQLite to a real PostgreSQL and back again, and is the same. */
final class SiteCopyPostgresTest {
  @TempDir Path folder;

  @Test
  void thereAndBack() throws IOException {
    String from = "jdbc:sqlite:" + folder.resolve("from.db");
    String back = "jdbc:sqlite:" + folder.resolve("back.db");
    try (Store store = Store.open(StoreAddress.of(from))) {
      SiteRows.fill(store, 2_500);
    }
    try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
      String middle = server.getJdbcUrl("postgres", "postgres");
      List<String> lines = new ArrayList<>();
      long there = SiteCopy.run(from, middle, lines::add);
      assertThat(there).isEqualTo(SiteRows.ROWS_EACH * 2_500 - 1);
      try (Store store = Store.open(StoreAddress.of(middle))) {
        assertThat(SiteRows.addChange(store)).as("numbers go on").isEqualTo(2_501);
      }
      assertThat(SiteCopy.run(middle, back, lines::add)).isEqualTo(there + 1);
    }
    try (Store copy = Store.open(StoreAddress.of(back))) {
      assertThat(SiteRows.texts(copy)).hasSize(2_500).contains("words 7 ñ 你好 🙂");
      assertThat(SiteRows.addChange(copy)).isEqualTo(2_502);
    }
  }
}
