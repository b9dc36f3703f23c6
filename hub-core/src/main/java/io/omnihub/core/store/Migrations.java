package io.omnihub.core.store;

import org.flywaydb.core.Flyway;

/** Brings a database to the newest schema, forward only. */
final class Migrations {
  private Migrations() {}

  static void run(Database database) {
    Flyway.configure(Migrations.class.getClassLoader())
        .dataSource(database.source())
        .locations("classpath:io/omnihub/core/store/migrations")
        .placeholders(database.dialect().placeholders())
        .failOnMissingLocations(true)
        .cleanDisabled(true)
        .load()
        .migrate();
  }
}
