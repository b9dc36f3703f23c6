package io.omnihub.channel.webchat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.omnihub.api.model.DeliveryStatus;
import io.omnihub.api.model.InboundEvent;
import io.omnihub.api.model.Message;
import io.omnihub.api.model.Part;
import io.omnihub.api.route.SocketEvent;
import io.omnihub.testkit.Await;
import io.omnihub.testkit.harness.RecordingSocket;
import io.omnihub.testkit.harness.Samples;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WebchatSocketsTest {
  private final Shop shop = Shop.open();

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  void aMessageIsDurableBeforeItIsAcknowledged() {
    JsonNode session = shop.session(Map.of());
    String visitor = session.path("visitor").asText();
    Shop.Tab tab = shop.tab(session.path("token").asText());
    tab.write("c-1", "你好");

    InboundEvent.MessageReceived message = shop.messages().getFirst();
    assertThat(message.key()).isEqualTo("message/" + visitor + "/c-1");
    assertThat(message.providerId()).isEqualTo(visitor + ":c-1");
    assertThat(message.address()).isEqualTo(visitor);
    assertThat(message.at()).isEqualTo(Samples.NOON);
    assertThat(message.parts()).containsExactly(Part.Text.plain("你好"));
    assertThat(tab.frames().getFirst().path("t").asText()).isEqualTo("ready");
    assertThat(tab.last()).isEqualTo(Shop.json("{\"t\":\"ack\",\"clientId\":\"c-1\"}"));
    assertThat(shop.hub.batches().getFirst().raw()).isNotEmpty();
  }

  @Test
  void R03_theSameMessageTwiceIsOneMessageAndTwoAcknowledgements() {
    String token = shop.token();
    Shop.Tab first = shop.tab(token);
    Shop.Tab other = shop.tab(token);
    first.write("c-1", "once");
    first.leave();
    Shop.Tab again = shop.tab(token);
    again.write("c-1", "once");

    assertThat(shop.messages()).hasSize(1);
    assertThat(again.frames("ack")).hasSize(1);
    assertThat(other.frames("msg")).hasSize(1);
  }

  @Test
  void otherTabsOfTheVisitorSeeWhatHeWrites() {
    String token = shop.token();
    Shop.Tab writer = shop.tab(token);
    Shop.Tab watcher = shop.tab(token);
    Shop.Tab stranger = shop.tab(shop.token());
    writer.write("c-1", "hello");

    JsonNode seen = watcher.last();
    assertThat(seen.path("t").asText()).isEqualTo("msg");
    assertThat(seen.path("direction").asText()).isEqualTo("inbound");
    assertThat(seen.path("clientId").asText()).isEqualTo("c-1");
    assertThat(seen.at("/parts/0/text").asText()).isEqualTo("hello");
    assertThat(writer.frames("msg")).isEmpty();
    assertThat(stranger.frames()).hasSize(1);
  }

  @Test
  void R15_aReconnectReplaysNothingAndMissesNothing() {
    String token = shop.token();
    Shop.Tab before = shop.tab(token);
    Message shown = Samples.message(Message.Direction.OUTBOUND, List.of(Part.Text.plain("0")));
    shop.hub.remember(shown);
    before.leave();
    IntStream.rangeClosed(1, 450)
        .mapToObj(
            n ->
                Samples.message(
                    Message.Direction.OUTBOUND, List.of(Part.Text.plain(String.valueOf(n)))))
        .forEach(shop.hub::remember);

    Shop.Tab after = shop.tab();
    after.say(Map.of("t", "hello", "token", token, "after", 1));

    assertThat(after.frames("msg").stream().map(frame -> frame.at("/parts/0/text").asText()))
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, 450).mapToObj(String::valueOf).toList());
    assertThat(after.frames("msg").stream().map(frame -> frame.path("position").asLong()))
        .isSorted()
        .doesNotHaveDuplicates();
  }

  @Test
  void aFirstHelloShowsTheNewestFifty() {
    IntStream.range(0, 60)
        .mapToObj(n -> Samples.message(Message.Direction.INBOUND, List.of(Part.Text.plain("x"))))
        .forEach(shop.hub::remember);

    List<JsonNode> shown = shop.tab(shop.token()).frames("msg");

    assertThat(shown).hasSize(50);
    assertThat(shown.getFirst().path("position").asLong()).isEqualTo(11);
  }

  @Test
  void aForeignOriginIsTurnedAway() {
    RecordingSocket socket = new RecordingSocket();
    shop.hub.socket(new SocketEvent.Opened(socket, "https://evil.example.com", ""));
    shop.hub.socket(
        new SocketEvent.Text(socket, "{\"t\":\"hello\",\"token\":\"" + shop.token() + "\"}"));

    assertThat(socket.closeCode()).isNotZero();
    assertThat(socket.frames()).isEmpty();
  }

  @Test
  void aForeignOriginIsToldSo() {
    RecordingSocket socket = new RecordingSocket();
    shop.hub.socket(new SocketEvent.Opened(socket, "null", ""));

    assertThat(socket.closeCode()).isEqualTo(4403);
  }

  @Test
  void whoSaysNothingIsTurnedAwayAfterTenSeconds() {
    Shop.Tab silent = shop.tab();
    Shop.Tab known = shop.tab(shop.token());
    shop.clock.advance(Duration.ofSeconds(10));

    Await.until("the silent socket to be closed", () -> silent.socket.closeCode() == 4401);
    assertThat(known.socket.closeCode()).isZero();
  }

  @Test
  void aHelloThatComesTooLateIsNone() {
    Shop.Tab late = shop.tab();
    String token = shop.token();
    shop.clock.advance(Duration.ofSeconds(11));
    late.say(Map.of("t", "hello", "token", token));

    assertThat(late.socket.closeCode()).isEqualTo(4401);
    assertThat(late.frames()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"t\":\"ping\"}", "{\"t\":\"hello\"}", "{\"t\":\"hello\",\"token\":1}", "x"})
  void theFirstFrameMustBeAHello(String frame) {
    Shop.Tab tab = shop.tab();
    tab.say(frame);

    assertThat(tab.socket.closeCode()).isEqualTo(4401);
  }

  @Test
  void R01_whatTheHubCannotTakeIsNotAcknowledged() {
    Shop.Tab tab = shop.tab(shop.token());
    shop.hub.refuseNext(1);
    tab.write("c-1", "hello");

    assertThat(tab.frames("ack")).isEmpty();
    assertThat(tab.last().path("code").asText()).isEqualTo("busy");
    assertThat(tab.last().path("clientId").asText()).isEqualTo("c-1");
    assertThat(tab.last().path("retry").asInt()).isEqualTo(1);

    tab.write("c-1", "hello");
    assertThat(tab.last().path("t").asText()).isEqualTo("ack");
    assertThat(shop.messages()).hasSize(1);
  }

  @Test
  void whoWritesTooMuchIsSlowedDown() {
    try (Shop slow = Shop.open(Map.of("messages-per-minute", 2))) {
      String token = slow.token();
      Shop.Tab tab = slow.tab(token);
      tab.write("c-1", "1");
      tab.write("c-2", "2");
      tab.write("c-3", "3");

      assertThat(tab.last().path("code").asText()).isEqualTo("slow-down");
      assertThat(tab.last().path("retry").asInt()).isEqualTo(30);
      assertThat(tab.last().path("clientId").asText()).isEqualTo("c-3");
      assertThat(slow.upload(token, new byte[1], "text/plain", "x").status()).isEqualTo(429);

      slow.tab(slow.token()).write("c-1", "another visitor is not held up");
      slow.clock.advance(Duration.ofSeconds(30));
      tab.write("c-3", "3");
      assertThat(tab.last().path("t").asText()).isEqualTo("ack");
      assertThat(slow.messages()).hasSize(4);
    }
  }

  @Test
  void signalsBecomeEvents() {
    Shop.Tab tab = shop.tab(shop.token());
    Message message = Samples.message(Message.Direction.OUTBOUND, List.of(Part.Text.plain("hi")));
    shop.hub.remember(message);
    Shop.Tab reader = shop.tab(shop.token());
    tab.say(Map.of("t", "typing"));
    tab.say(Map.of("t", "read"));
    reader.say(Map.of("t", "got", "id", message.id()));
    reader.say(Map.of("t", "got", "id", message.id()));

    assertThat(shop.events(InboundEvent.TypingStarted.class)).hasSize(1);
    assertThat(shop.events(InboundEvent.MessagesRead.class).getFirst().at())
        .isEqualTo(Samples.NOON);
    assertThat(shop.events(InboundEvent.ReceiptReceived.class))
        .singleElement()
        .satisfies(
            receipt -> {
              assertThat(receipt.targets()).containsExactly("out:" + message.id());
              assertThat(receipt.status()).isEqualTo(DeliveryStatus.DELIVERED);
            });
  }

  @Test
  void aPingIsAnswered() {
    Shop.Tab tab = shop.tab(shop.token());
    tab.say(Map.of("t", "ping"));

    assertThat(tab.last()).isEqualTo(Shop.json("{\"t\":\"pong\"}"));
  }

  @Test
  void aChoiceAnswersTheMessageThatOfferedIt() {
    Message offer = Samples.message(Message.Direction.OUTBOUND, List.of(Part.Text.plain("?")));
    shop.hub.remember(offer);
    Shop.Tab tab = shop.tab(shop.token());
    tab.say(
        Map.of(
            "t", "choice", "clientId", "c-1", "id", "yes", "label", "Yes", "replyTo", offer.id()));
    tab.say(Map.of("t", "choice", "clientId", "c-2", "id", "no", "replyTo", "never-shown"));

    assertThat(shop.messages().getFirst().parts()).containsExactly(new Part.Choice("yes", "Yes"));
    assertThat(shop.messages().getFirst().replyTo()).isEqualTo("out:" + offer.id());
    assertThat(shop.messages().getLast().replyTo()).isEmpty();
  }

  @Test
  void oneVisitorHasAtMostTwentyTabs() {
    String token = shop.token();
    IntStream.range(0, 20).forEach(n -> shop.tab(token));

    assertThat(shop.tab(token).socket.closeCode()).isEqualTo(4429);
  }

  @Test
  void anAccountThatStopsSendsEverybodyAway() {
    Shop.Tab known = shop.tab(shop.token());
    Shop.Tab waiting = shop.tab();
    shop.close();

    assertThat(known.socket.closeCode()).isEqualTo(1012);
    assertThat(waiting.socket.closeCode()).isEqualTo(1012);
  }
}
