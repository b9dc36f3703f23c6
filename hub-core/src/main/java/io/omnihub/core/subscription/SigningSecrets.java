package io.omnihub.core.subscription;

import com.fasterxml.jackson.core.type.TypeReference;
import io.omnihub.api.config.Secret;
import io.omnihub.core.store.Json;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/**
 * The secrets that sign for a subscription: the newest, and those before it that are still valid.
 *
 * @param retired newest first
 */
record SigningSecrets(Secret current, List<Retired> retired) {
  private static final int BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final TypeReference<List<Row>> ROWS = new TypeReference<>() {};

  /** How many may sign at once, so that the header does not grow without end. */
  private static final int MOST = 5;

  SigningSecrets {
    retired = List.copyOf(retired);
  }

  /** A secret that signs beside a newer one up to a time. */
  record Retired(Secret secret, Instant until) {}

  /** As the database keeps it; the newest has no end. */
  private record Row(String secret, Instant until) {}

  /** A secret that nobody has had before, in the form of Standard Webhooks. */
  static Secret fresh() {
    byte[] random = new byte[BYTES];
    RANDOM.nextBytes(random);
    return new Secret("whsec_" + Base64.getEncoder().encodeToString(random));
  }

  /** The secrets after a new one has come; the one before it signs up to a time. */
  SigningSecrets rotated(Secret newest, Instant now, Instant until) {
    List<Retired> valid =
        Stream.concat(Stream.of(new Retired(current, until)), retired.stream())
            .filter(one -> one.until().isAfter(now))
            .limit(MOST - 1)
            .toList();
    return new SigningSecrets(newest, valid);
  }

  /** Those that sign at a time, newest first. */
  List<Secret> validAt(Instant now) {
    List<Secret> valid = new ArrayList<>(List.of(current));
    retired.stream()
        .filter(one -> one.until().isAfter(now))
        .forEach(one -> valid.add(one.secret()));
    return valid;
  }

  String toJson() {
    List<Row> rows = new ArrayList<>(List.of(new Row(current.reveal(), null)));
    retired.forEach(one -> rows.add(new Row(one.secret().reveal(), one.until())));
    return Json.write(rows);
  }

  static SigningSecrets fromJson(String json) {
    List<Row> rows = Json.read(json, ROWS);
    return new SigningSecrets(
        new Secret(rows.getFirst().secret()),
        rows.stream()
            .skip(1)
            .map(row -> new Retired(new Secret(row.secret()), row.until()))
            .toList());
  }
}
