package io.omnihub.core.store;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Brings a database to the newest schema, forward only. */
final class Migrations {
  private Migrations() {}

  static void run(DataSource source, Dialect dialect) {
    Flyway.configure(Migrations.class.getClassLoader())
        .dataSource(source)
        .locations("classpath:io/omnihub/core/store/migrations")
        .placeholders(dialect.placeholders())
        .failOnMissingLocations(true)
        .cleanDisabled(true)
        .load()
        .migrate();
  }
}
