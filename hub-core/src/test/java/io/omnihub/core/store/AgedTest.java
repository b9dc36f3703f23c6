package io.omnihub.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The border between old and young rows. */
final class AgedTest {
  @TempDir Path folder;

  @Test
  void anEmptyTableHasNoOldRows() {
    try (Store store = TestStores.open(folder)) {
      assertThat(upTo(store, 1_000)).isZero();
    }
  }

  private static long upTo(Store store, long moment) {
    return store.read(tx -> Aged.upTo(tx, "change", "at", moment));
  }

  /** Numbers with gaps of any size, times that stand still or go on. */
  @Property(tries = 60)
  void theBorderIsTheLastRowThatIsOlder(
      @ForAll @Size(min = 1, max = 40) List<@IntRange(min = 1, max = 900) Integer> gaps,
      @ForAll @IntRange(max = 12) int moment)
      throws java.io.IOException {
    Path own = Files.createTempDirectory("aged");
    try (Store store = Store.open(StoreAddress.of("jdbc:sqlite:" + own.resolve("hub.db")))) {
      long[] seqs = new long[gaps.size()];
      long seq = 0;
      for (int i = 0; i < seqs.length; i++) {
        seq += gaps.get(i);
        seqs[i] = seq;
        long at = i / 4;
        long number = seq;
        store.write(
            tx ->
                tx.update(
                    "INSERT INTO change (seq, workspace, type, account, conversation_id, data, at)"
                        + " VALUES (?, 'w', 't', 'a', 'c', '{}', ?)",
                    number,
                    at));
      }
      long expected =
          LongStream.range(0, seqs.length)
              .filter(i -> i / 4 < moment)
              .map(i -> seqs[(int) i])
              .max()
              .orElse(0);
      assertThat(upTo(store, moment)).isEqualTo(expected);
    }
  }
}
