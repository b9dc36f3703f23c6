package io.omnihub.core.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.omnihub.core.subscription.WebhookReceiver.Taken;
import io.omnihub.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Whatever fails, nothing is lost and nothing is overtaken. */
final class NotifyPropertyTest {

  @Property(tries = 10, shrinking = ShrinkingMode.OFF)
  void R29_everyEventArrivesInOrderWhateverFails(@ForAll long seed) throws IOException {
    Path dir = Files.createTempDirectory("notify");
    Random random = new Random(seed);
    AtomicInteger mood = new AtomicInteger(random.nextInt());
    ManualClock clock = new ManualClock(NotifyRoom.NOON);
    try (WebhookReceiver receiver = new WebhookReceiver()) {
      receiver.answer(call -> status(mood.updateAndGet(m -> m * 1664525 + 1013904223)));
      NotifyRoom room = new NotifyRoom(dir, clock, true, Duration.ofSeconds(10));
      room.subscribe(receiver.url());
      Map<String, List<String>> expected = new TreeMap<>();
      for (int i = 0; i < 40; i++) {
        String conversation = "c" + random.nextInt(4);
        room.happens(conversation, "message.received", conversation + "/" + i);
        expected.computeIfAbsent(conversation, c -> new ArrayList<>()).add(conversation + "/" + i);
        if (random.nextInt(15) == 0) {
          room.close();
          room = new NotifyRoom(dir, clock, true, Duration.ofSeconds(10));
        }
        if (random.nextInt(4) == 0) {
          room.pass(Duration.ofMinutes(1));
        }
      }
      while (!room.waiting().isEmpty()) {
        room.pass(Duration.ofMinutes(5));
      }
      room.close();
      assertThat(firstOfEach(receiver.taken())).isEqualTo(expected);
    }
  }

  /** Half of the calls fail, some of them after they have been taken. */
  private static int status(int dice) {
    return switch (Math.floorMod(dice >> 16, 8)) {
      case 0 -> 500;
      case 1 -> 429;
      case 2 -> 0;
      case 3 -> 404;
      default -> 204;
    };
  }

  private static Map<String, List<String>> firstOfEach(List<Taken> taken) {
    Map<String, LinkedHashSet<String>> seen = new TreeMap<>();
    for (Taken call : taken) {
      String words = call.json().at("/data/words").asText();
      seen.computeIfAbsent(words.substring(0, words.indexOf('/')), c -> new LinkedHashSet<>())
          .add(words);
    }
    Map<String, List<String>> lists = new TreeMap<>();
    seen.forEach((conversation, words) -> lists.put(conversation, List.copyOf(words)));
    return lists;
  }
}
