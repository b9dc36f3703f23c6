package io.omnihub.channel.email;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where reading goes on. */
class MailCursorTest {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

  @Test
  void whatIsWrittenIsReadAgain() {
    MailCursor cursor = MailCursor.first(7, 42, NOON).past(50, NOON.plusSeconds(9));
    assertThat(MailCursor.parse(cursor.written())).contains(cursor);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "7 42", "a b c d e", "7 42 1 2 3 4", "null"})
  void somethingElseIsNoCursor(String written) {
    assertThat(MailCursor.parse(written)).isEmpty();
  }

  @Test
  void theFirstScanEndsWhereTheFolderEnded() {
    MailCursor cursor = MailCursor.first(7, 42, NOON);
    assertThat(cursor.scanning()).isTrue();
    assertThat(cursor.upTo(41).scanning()).isFalse();
    assertThat(cursor.upTo(41).uid()).isEqualTo(41);
    assertThat(MailCursor.first(7, 1, NOON).scanning()).as("an empty folder").isFalse();
  }

  @Test
  void R35_aRebuiltFolderIsReadAgainButNotFromBeforeTheAccountBegan() {
    MailCursor cursor = MailCursor.first(7, 42, NOON).past(90, NOON.plus(Duration.ofDays(2)));
    MailCursor rebuilt = cursor.rebuilt(8, 20, NOON.plus(Duration.ofDays(3)));
    assertThat(rebuilt.validity()).isEqualTo(8);
    assertThat(rebuilt.uid()).isZero();
    assertThat(rebuilt.scanEnd()).isEqualTo(20);
    assertThat(rebuilt.since()).isEqualTo(NOON);
  }

  @Test
  void R35_aRebuiltFolderIsNotReadFurtherBackThanTheHubRemembers() {
    MailCursor cursor = MailCursor.first(7, 42, NOON).past(90, NOON.plus(Duration.ofDays(400)));
    Instant now = NOON.plus(Duration.ofDays(400));
    assertThat(cursor.rebuilt(8, 20, now).since()).isEqualTo(now.minus(Duration.ofDays(29)));
  }

  @Test
  void R35_afterALongStandstillEverythingSinceIsRead() {
    Instant last = NOON.plus(Duration.ofDays(100));
    MailCursor cursor = MailCursor.first(7, 42, NOON).past(90, last);
    Instant now = last.plus(Duration.ofDays(60));
    assertThat(cursor.rebuilt(8, 20, now).since()).isEqualTo(last);
  }

  @Test
  void theNewestMailCountsNotTheLastOne() {
    MailCursor cursor = MailCursor.first(7, 1, NOON).past(1, NOON.plusSeconds(60)).past(2, NOON);
    assertThat(cursor.newest()).isEqualTo(NOON.plusSeconds(60));
    assertThat(cursor.uid()).isEqualTo(2);
  }
}
