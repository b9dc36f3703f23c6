package io.omnihub.core.store;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** Brings a database to the newest schema, forward only. */
final class Migrations {
  private Migrations() {}

  static void run(Database database) {
    of(database).load().migrate();
  }

  static FluentConfiguration of(Database database) {
    return Flyway.configure(Migrations.class.getClassLoader())
        .dataSource(database.source())
        .locations("classpath:io/omnihub/core/store/migrations")
        .placeholders(database.dialect().placeholders())
        .failOnMissingLocations(true)
        .cleanDisabled(true);
  }
}
