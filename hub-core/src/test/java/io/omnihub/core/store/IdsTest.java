package io.omnihub.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.omnihub.testkit.ManualClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class IdsTest {
  private static final Instant START = Instant.parse("2026-05-01T12:00:00Z");

  @Property(tries = 100)
  void theyGrowWhateverTheClockDoes(
      @ForAll @Size(min = 2, max = 200) List<@IntRange(min = -5_000, max = 5_000) Integer> steps) {
    ManualClock clock = new ManualClock(START);
    Ids ids = new Ids(clock);
    List<String> made = new ArrayList<>();
    for (int step : steps) {
      clock.advance(Duration.ofMillis(step));
      made.add(ids.next());
    }
    assertThat(made).isSorted().doesNotHaveDuplicates().allSatisfy(IdsTest::isOfVersionSeven);
  }

  @Example
  void theyGrowWhileTheClockStands() {
    Ids ids = new Ids(new ManualClock(START));
    List<String> made = IntStream.range(0, 20_000).mapToObj(i -> ids.next()).toList();
    assertThat(made).isSorted().doesNotHaveDuplicates().allSatisfy(IdsTest::isOfVersionSeven);
  }

  @Property(tries = 20)
  void theyTellTheTime(@ForAll @IntRange(max = 1_000_000_000) int seconds) {
    Instant time = START.plusSeconds(seconds);
    UUID id = UUID.fromString(new Ids(new ManualClock(time)).next());
    assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(time.toEpochMilli());
  }

  @Example
  void noTwoThreadsGetTheSame() throws InterruptedException {
    Ids ids = new Ids(Clock.systemUTC());
    Set<String> made = ConcurrentHashMap.newKeySet();
    List<Thread> threads =
        IntStream.range(0, 50)
            .mapToObj(
                i ->
                    Thread.startVirtualThread(
                        () -> IntStream.range(0, 200).forEach(n -> made.add(ids.next()))))
            .toList();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(made).hasSize(50 * 200);
  }

  private static void isOfVersionSeven(String id) {
    UUID uuid = UUID.fromString(id);
    assertThat(uuid.version()).isEqualTo(7);
    assertThat(uuid.variant()).isEqualTo(2);
    assertThat(uuid).hasToString(id);
  }
}
