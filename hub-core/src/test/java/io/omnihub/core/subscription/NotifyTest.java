package io.omnihub.core.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.omnihub.core.journal.DeadLetters.DeadLetter;
import io.omnihub.core.outbox.OutboxEntry;
import io.omnihub.core.subscription.SubscriptionLog.Attempt;
import io.omnihub.core.subscription.Subscriptions.Issued;
import io.omnihub.core.subscription.WebhookReceiver.Taken;
import io.omnihub.testkit.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What subscribers get, and when. */
@Tag("store")
final class NotifyTest {
  private static final Duration STEP = Duration.ofMinutes(5);

  @TempDir Path dir;

  private final WebhookReceiver receiver = new WebhookReceiver();
  private NotifyRoom room;

  @BeforeEach
  void open() {
    room = new NotifyRoom(dir);
  }

  @AfterEach
  void close() {
    room.close();
    receiver.close();
  }

  private static List<String> words(List<Taken> calls, String prefix) {
    return calls.stream()
        .map(call -> call.json().at("/data/words").asText())
        .filter(word -> word.startsWith(prefix))
        .toList();
  }

  private static List<String> numbered(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
  }

  @Test
  void anEventComesSignedInItsEnvelope() {
    Issued issued = room.subscribe(receiver.url());
    room.happens("c1", "message.received", "hello");
    Taken call = receiver.awaitTaken(1).getFirst();
    assertThat(call.body())
        .isEqualTo(
            "{\"id\":\"1\",\"type\":\"message.received\",\"at\":\"2026-05-01T12:00:00.000Z\","
                + "\"data\":{\"words\":\"hello\"}}");
    assertThat(call.id()).isEqualTo("1");
    assertThat(call.headers())
        .containsEntry("webhook-timestamp", Long.toString(NotifyRoom.NOON.getEpochSecond()))
        .containsEntry("user-agent", "Omnihub");
    assertThat(call.headers().get("content-type")).startsWith("application/json");
    assertThat(call.signedWith(issued.secret().reveal())).isTrue();
    assertThat(call.signedWith(SigningSecrets.fresh().reveal())).isFalse();
    assertThat(issued.subscription().toString()).doesNotContain(issued.secret().reveal());
  }

  @Test
  void R29_aReceiverThatIsDownForSixHoursGetsEverythingInOrder() {
    Issued issued = room.subscribe(receiver.url());
    receiver.down();
    for (int i = 0; i < 12; i++) {
      for (String conversation : List.of("a", "b", "c")) {
        room.happens(conversation, "message.received", conversation + i);
      }
      room.pass(Duration.ofMinutes(15));
    }
    receiver.answer(call -> 503);
    receiver.up();
    for (int i = 0; i < 36; i++) {
      room.pass(STEP);
    }
    assertThat(receiver.taken()).isEmpty();
    assertThat(receiver.calls()).isNotEmpty();
    assertThat(room.waiting()).hasSize(36);

    receiver.answer(call -> 200);
    room.pass(STEP);
    List<Taken> taken = receiver.awaitTaken(36);
    for (String conversation : List.of("a", "b", "c")) {
      assertThat(words(taken, conversation)).isEqualTo(numbered(conversation, 12));
    }
    assertThat(taken).extracting(Taken::id).doesNotHaveDuplicates();
    assertThat(taken)
        .allSatisfy(
            call -> {
              assertThat(call.signedWith(issued.secret().reveal())).isTrue();
              assertThat(call.id()).isEqualTo(call.json().get("id").asText());
            });
    receiver
        .calls()
        .forEach(call -> assertThat(call.json().get("id").asText()).isEqualTo(call.id()));
    Await.until("nothing to wait", () -> room.waiting().isEmpty());
    assertThat(room.letters.count()).isZero();
  }

  @Test
  void R29_aSecretIsRotatedWithoutARejectedCall() {
    Issued first = room.subscribe(receiver.url());
    AtomicReference<String> known = new AtomicReference<>(first.secret().reveal());
    receiver.answer(call -> call.signedWith(known.get()) ? 204 : 401);
    room.happens("c", "message.received", "0");
    receiver.awaitTaken(1);

    String id = first.subscription().id();
    String second = room.rotate(id, Duration.ofHours(24)).orElseThrow().secret().reveal();
    room.happens("c", "message.received", "1");
    receiver.awaitTaken(2);
    known.set(second);
    room.happens("c", "message.received", "2");
    receiver.awaitTaken(3);
    room.clock.advance(Duration.ofHours(25));
    room.happens("c", "message.received", "3");
    List<Taken> taken = receiver.awaitTaken(4);

    assertThat(receiver.calls()).hasSize(4);
    assertThat(taken.get(1).signedWith(first.secret().reveal())).isTrue();
    assertThat(taken.get(1).signedWith(second)).isTrue();
    assertThat(taken.get(3).signedWith(first.secret().reveal())).isFalse();
  }

  @Test
  void R29_noCallBeginsAfterADeletion() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch gate = new CountDownLatch(1);
    receiver.answer(
        call -> {
          begun.countDown();
          awaitQuietly(gate);
          return 500;
        });
    Issued issued = room.subscribe(receiver.url());
    for (int i = 0; i < 50; i++) {
      room.happens("c", "message.received", "m" + i);
    }
    begun.await();
    assertThat(room.subscriptions.delete(issued.subscription().id())).isTrue();
    assertThat(room.waiting()).isEmpty();
    gate.countDown();
    room.happens("c", "message.received", "later");
    room.pass(Duration.ofHours(1));
    assertThat(receiver.calls()).hasSize(1);
    assertThat(room.waiting()).isEmpty();
    assertThat(room.letters.count()).isZero();
    assertThat(room.subscriptions.delete(issued.subscription().id())).isFalse();
    assertThat(room.rotate(issued.subscription().id(), STEP)).isEmpty();
  }

  private static void awaitQuietly(CountDownLatch gate) {
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void R29_aConversationThatFailsHoldsUpNoOther() {
    receiver.answer(call -> call.body().contains("bad") ? 500 : 204);
    room.subscribe(receiver.url());
    for (int i = 0; i < 10; i++) {
      room.happens("bad", "message.received", "bad" + i);
      room.happens("good", "message.received", "good" + i);
    }
    assertThat(words(receiver.awaitTaken(10), "good")).isEqualTo(numbered("good", 10));
    assertThat(words(receiver.calls(), "bad")).containsOnly("bad0");
    receiver.answer(call -> 204);
    room.pass(STEP);
    assertThat(words(receiver.awaitTaken(20), "bad")).isEqualTo(numbered("bad", 10));
  }

  @Test
  void onlyWhatIsSubscribedToComes() {
    room.subscribe(receiver.url(), List.of("message.sent"), "");
    room.subscribe(receiver.url().resolve("/chat2"), List.of(), "chat2");
    room.happens("c1", "message.received", "no");
    room.happens("c1", "conversation.updated", "no");
    room.happens("c1", "message.sent", "yes");
    room.happens("chat2", "c2", "message.read", Map.of("words", "yes"));
    room.happens("chat2", "c2", "conversation.updated", Map.of("words", "for the stream only"));
    room.happens("chat2", "c2", "message.updated", Map.of("message", Map.of("direction", "note")));
    List<Taken> taken = receiver.awaitTaken(2);
    room.awaitIdle();
    assertThat(taken)
        .extracting(call -> call.path() + " " + call.type())
        .containsExactlyInAnyOrder("/events message.sent", "/chat2 message.read");
    assertThat(receiver.calls()).hasSize(2);
    Await.until("nothing to wait", () -> room.waiting().isEmpty());
  }

  @Test
  void aDayOfFailuresEndsInADeadLetterThatCanBeSentAgain() {
    receiver.answer(call -> 503);
    Issued issued = room.subscribe(receiver.url());
    room.happens("c", "message.received", "m0");
    room.awaitIdle();
    room.pass(Duration.ofHours(24).minusSeconds(1));
    assertThat(room.letters.count()).isZero();
    room.pass(STEP);
    DeadLetter letter = room.letters.list("", 10).getFirst();
    assertThat(letter.subject()).isEqualTo(issued.subscription().id() + "/1");
    assertThat(letter.reason()).isEqualTo("given up after 24 hours: HTTP 503");

    Await.until("the event about it", () -> !room.waiting().isEmpty());
    room.pass(Duration.ofHours(25));
    assertThat(room.waiting()).isEmpty();
    assertThat(room.letters.count()).as("a dead letter breeds no other").isEqualTo(1);

    receiver.answer(call -> 204);
    assertThat(room.retry(letter)).isTrue();
    assertThat(receiver.awaitTaken(1).getFirst().id()).isEqualTo("1");
    assertThat(room.letters.count()).isZero();
    room.subscriptions.delete(issued.subscription().id());
    assertThat(room.retry(letter)).isFalse();
  }

  @Test
  void aReceiverThatIsGoneIsNotCalledAgain() {
    receiver.answer(call -> 410);
    Issued issued = room.subscribe(receiver.url());
    room.happens("c", "message.received", "m0");
    Await.until(
        "the end of the subscription",
        () -> room.subscriptions.find(issued.subscription().id()).isEmpty());
    room.happens("c", "message.received", "m1");
    room.pass(Duration.ofHours(1));
    assertThat(receiver.calls()).hasSize(1);
    assertThat(room.waiting()).isEmpty();
  }

  @Test
  void R29_eventsAreToldAgainFromATimeWithTheSameIds() {
    Issued issued = room.subscribe(receiver.url());
    room.subscribe(receiver.url().resolve("/other"));
    for (int i = 0; i < 1200; i++) {
      room.happens("c" + i % 5, i % 2 == 0 ? "message.received" : "conversation.updated", "m" + i);
      room.clock.advance(Duration.ofSeconds(1));
    }
    receiver.awaitTaken(1200);
    List<String> before =
        receiver.taken().stream().filter(NotifyTest::isMine).map(Taken::id).sorted().toList();

    long count = room.replays.since(issued.subscription().id(), NotifyRoom.NOON.plusSeconds(200));
    assertThat(count).isEqualTo(500);
    List<Taken> again = receiver.awaitTaken(1700).subList(1200, 1700);
    assertThat(again).allMatch(NotifyTest::isMine);
    assertThat(before).containsAll(again.stream().map(Taken::id).toList());
    assertThat(again).extracting(Taken::id).doesNotHaveDuplicates();
    List<Integer> ofOne =
        again.stream().map(call -> Integer.parseInt(call.id())).filter(id -> id % 5 == 1).toList();
    assertThat(ofOne).isSorted().hasSize(100);
    assertThat(room.replays.since(issued.subscription().id(), room.clock.instant())).isZero();
  }

  private static boolean isMine(Taken call) {
    return call.path().equals("/events");
  }

  @Test
  void everyAttemptIsInTheLogUntilItIsPruned() {
    List<Integer> statuses = new ArrayList<>(List.of(500, 302, 204));
    receiver.answer(call -> statuses.removeFirst());
    Issued issued = room.subscribe(receiver.url());
    String id = issued.subscription().id();
    room.happens("c", "message.received", "m0");
    room.awaitIdle();
    room.pass(STEP);
    room.pass(STEP);
    List<Attempt> attempts = room.log.before(id, Long.MAX_VALUE, 10);
    assertThat(attempts).extracting(Attempt::status).containsExactly(204, 302, 500);
    assertThat(attempts)
        .extracting(Attempt::outcome)
        .containsExactly("delivered", "refused", "refused");
    assertThat(attempts).extracting(Attempt::change).containsOnly(1L);
    assertThat(attempts).extracting(Attempt::at).isSortedAccordingTo((a, b) -> b.compareTo(a));
    assertThat(room.log.before(id, attempts.getFirst().seq(), 1)).containsExactly(attempts.get(1));
    assertThat(room.prune(room.clock.instant())).isEqualTo(2);
    assertThat(room.log.before(id, Long.MAX_VALUE, 10)).containsExactly(attempts.getFirst());
  }

  @Test
  void aRestartGoesOnWhereItWas() {
    receiver.answer(call -> 503);
    Issued issued = room.subscribe(receiver.url());
    room.rotate(issued.subscription().id(), Duration.ofHours(1));
    for (int i = 0; i < 5; i++) {
      room.happens("c", "message.received", "m" + i);
    }
    room.close();
    assertThat(receiver.taken()).isEmpty();

    room = new NotifyRoom(dir, room.clock, true, Duration.ofSeconds(10));
    receiver.answer(call -> 204);
    room.pass(STEP);
    List<Taken> taken = receiver.awaitTaken(5);
    assertThat(words(taken, "m")).isEqualTo(numbered("m", 5));
    assertThat(taken.getFirst().signedWith(issued.secret().reveal())).isTrue();
    assertThat(room.subscriptions.all()).hasSize(1);
    assertThat(room.waiting()).extracting(OutboxEntry::subject).isEmpty();
  }
}
