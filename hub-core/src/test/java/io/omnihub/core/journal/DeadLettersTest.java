package io.omnihub.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.omnihub.core.journal.DeadLetters.DeadLetter;
import io.omnihub.core.journal.DeadLetters.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("store")
class DeadLettersTest {
  @TempDir Path dir;

  private JournalRoom room;

  @BeforeEach
  void open() {
    room = new JournalRoom(dir);
  }

  @AfterEach
  void close() {
    room.close();
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void eachKindIsKeptAsItIs(Kind kind) {
    add(kind, "subject-1");
    DeadLetter letter = room.letters.list("", 1).getFirst();
    assertThat(letter.kind()).isEqualTo(kind);
    assertThat(letter.subject()).isEqualTo("subject-1");
    assertThat(letter.reason()).isEqualTo("because");
    assertThat(letter.at()).isEqualTo(JournalRoom.NOON);
    assertThat(room.letters.find(letter.id())).contains(letter);
    assertThat(room.letters.raw(letter)).isEmpty();
  }

  @Test
  void theyAreListedNewestFirstPageByPage() {
    for (int i = 0; i < 25; i++) {
      add(Kind.SEND, "m" + i);
    }
    List<String> seen = new ArrayList<>();
    String cursor = "";
    List<DeadLetter> page = room.letters.list(cursor, 10);
    while (!page.isEmpty()) {
      page.forEach(letter -> seen.add(letter.subject()));
      cursor = page.getLast().id();
      page = room.letters.list(cursor, 10);
    }
    assertThat(seen)
        .hasSize(25)
        .startsWith("m24", "m23")
        .endsWith("m1", "m0")
        .doesNotHaveDuplicates();
  }

  @Test
  void oneThatHasEndedIsGoneAndEndsOnce() {
    add(Kind.TURN, "c1");
    String id = room.letters.list("", 1).getFirst().id();
    boolean first = room.store.write(tx -> room.letters.end(tx, id, true));
    boolean second = room.store.write(tx -> room.letters.end(tx, id, false));
    assertThat(first).isTrue();
    assertThat(second).isFalse();
    assertThat(room.letters.count()).isZero();
    assertThat(room.letters.find(id).orElseThrow().state()).isEqualTo(DeadLetters.State.RETRIED);
  }

  private void add(Kind kind, String subject) {
    room.store.write(
        tx -> {
          room.letters.add(tx, kind, "account", subject, "because");
          return null;
        });
  }
}
