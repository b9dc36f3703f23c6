package io.omnihub.core.journal;

import static io.omnihub.core.journal.JournalRoom.NOON;
import static io.omnihub.core.journal.JournalRoom.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.omnihub.api.route.InboundBatch;
import io.omnihub.core.store.TestStores;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is deleted by age, and what is not however old it is. */
@Tag("store")
final class JournalPruningTest {
  @TempDir Path dir;

  private static void accept(JournalRoom room, String id) {
    byte[] raw = ("raw " + id).getBytes(StandardCharsets.UTF_8);
    room.journal.accept("a", new InboundBatch(List.of(message("ann", id)), "text/plain", raw));
  }

  private static int facts(JournalRoom room, Instant before, int limit) {
    return room.store.write(tx -> JournalPruning.facts(tx, before.toEpochMilli(), limit));
  }

  private static int letters(JournalRoom room, long before) {
    return room.store.write(tx -> room.letters.prune(tx, before, 9));
  }

  private static int raw(JournalRoom room, Instant before, int limit) {
    return room.store.write(tx -> JournalPruning.rawPayloads(tx, before.toEpochMilli(), limit));
  }

  @Test
  void oldOnesGoInSlicesAndYoungOnesStay() {
    try (JournalRoom room = new JournalRoom(dir)) {
      for (int i = 0; i < 5; i++) {
        accept(room, "old" + i);
      }
      room.awaitIdle();
      room.clock.advance(Duration.ofDays(30));
      accept(room, "young");
      room.awaitIdle();
      Instant border = NOON.plusMillis(1);
      assertThat(facts(room, border, 3)).isEqualTo(3);
      assertThat(facts(room, border, 3)).isEqualTo(2);
      assertThat(facts(room, border, 3)).isZero();
      assertThat(raw(room, border, 10)).isEqualTo(5);
      assertThat(room.count("journal")).isEqualTo(1);
      assertThat(room.count("raw_payload")).isEqualTo(1);
    }
  }

  @Test
  void anOpenDeadLetterKeepsItsFactAndRawPayload() {
    try (JournalRoom room =
        new JournalRoom(
            dir,
            fact -> {
              if (fact.event().key().equals("message/bad")) {
                throw new IllegalStateException("of the test");
              }
              return fact;
            })) {
      accept(room, "bad");
      accept(room, "good");
      room.awaitIdle();
      Instant later = NOON.plus(Duration.ofDays(99));
      assertThat(facts(room, later, 10)).isEqualTo(1);
      assertThat(raw(room, later, 10)).isEqualTo(1);
      DeadLetters.DeadLetter letter = room.letters.list("", 1).getFirst();
      assertThat(room.journal.find(letter.factSeq())).isPresent();
      assertThat(room.letters.raw(letter)).isPresent();

      room.store.write(tx -> room.letters.end(tx, letter.id(), false));
      assertThat(facts(room, later, 10)).isEqualTo(1);
      assertThat(raw(room, later, 10)).isEqualTo(1);
      assertThat(room.letters.raw(letter)).isEmpty();
    }
  }

  @Test
  void aFactThatIsNotAppliedYetStaysWithItsRawPayload() {
    try (JournalRoom room = new JournalRoom(dir)) {
      room.journal.stop();
      room.store.write(
          tx -> {
            tx.update(
                "INSERT INTO raw_payload (workspace, account, media_type, content, received_at)"
                    + " VALUES ('w', 'a', 'text/plain', ?, 0)",
                new byte[] {1});
            return tx.update(
                "INSERT INTO journal (workspace, account, dedupe_key, lane, kind, body, raw_seq, received_at)"
                    + " VALUES ('w', 'a', 'k', '', 'inbound', '{}', 1, 0)");
          });
      assertThat(facts(room, NOON, 10)).isZero();
      assertThat(raw(room, NOON, 10)).isZero();
    }
  }

  @Test
  void onlyDeadLettersThatEndedAreDeleted() {
    try (JournalRoom room = new JournalRoom(dir)) {
      for (String subject : List.of("open", "retried", "discarded")) {
        room.store.write(
            tx -> {
              room.letters.add(tx, DeadLetters.Kind.SEND, "a", subject, "because");
              return null;
            });
      }
      room.letters.list("", 9).stream()
          .filter(letter -> !letter.subject().equals("open"))
          .forEach(
              letter ->
                  room.store.write(
                      tx -> room.letters.end(tx, letter.id(), letter.subject().equals("retried"))));
      long noon = NOON.toEpochMilli();
      assertThat(letters(room, noon)).isZero();
      assertThat(letters(room, noon + 1)).isEqualTo(2);
      assertThat(room.letters.list("", 9)).hasSize(1);
    }
  }

  /**
   * A plan that scans a busy table would hold the writer up for minutes once there are millions.
   */
  @Test
  void noSliceScansABusyTable() {
    assumeFalse(TestStores.postgresql(), "reads the plan of SQLite");
    try (JournalRoom room = new JournalRoom(dir)) {
      for (String sql : List.of(JournalPruning.FACTS, JournalPruning.RAW_PAYLOADS)) {
        List<String> plan =
            room.store.read(
                tx -> tx.list(row -> row.text("detail"), "EXPLAIN QUERY PLAN " + sql, 9, 500));
        assertThat(plan)
            .as(sql)
            .noneMatch(line -> line.contains("TEMP B-TREE"))
            .noneMatch(line -> line.contains("USING INDEX journal_key"))
            .noneMatch(line -> line.matches("SCAN (journal|raw_payload)"))
            .anyMatch(line -> line.contains("USING INTEGER PRIMARY KEY (rowid<?)"));
      }
    }
  }
}
