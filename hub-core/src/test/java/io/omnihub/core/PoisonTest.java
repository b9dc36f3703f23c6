package io.omnihub.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.omnihub.api.model.SendOutcome;
import io.omnihub.testkit.Await;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One message on which a plugin throws: what stands behind it in its lane goes on. */
@Tag("store")
final class PoisonTest {
  @TempDir Path folder;

  @Test
  void R58_aChannelThatThrowsOnOneMessageSendsTheNext() {
    try (TestHub hub = TestHub.start(folder)) {
      hub.chat.answerWith(
          message -> {
            if (TestHub.words(message.parts()).contains("poison")) {
              throw new IllegalStateException("a fault of the connector");
            }
            return SendOutcome.Accepted.as("p" + message.id());
          });
      hub.writes("ann", "1", "poison");
      Await.until(
          "the poison to be listed",
          () -> hub.get("/messages?status=uncertain").json().get("items").size() == 1);
      hub.writes("ann", "2", "hello");
      Await.until("the next one", () -> hub.got("ann").contains("echo: hello"));
      assertThat(hub.got("ann")).containsOnlyOnce("echo: poison");
    }
  }

  @Test
  void R58_aBackendThatThrowsOnOneMessageHandsItToPeople() {
    try (TestHub hub = TestHub.start(folder, "settle: 0ms, patience: 1s")) {
      hub.bot.thinks(
          turn -> {
            if (MemoryBot.words(turn.messages()).contains("poison")) {
              throw new IllegalStateException("a fault of the connector");
            }
            return MemoryBot.echo(turn);
          });
      hub.writes("ann", "1", "poison");
      hub.writes("bob", "1", "hello");
      assertThat(hub.gets("bob", 1)).containsExactly("echo: hello");
      hub.awaitConversation(
          "ann", "people to take over", c -> c.at("/handler/kind").asText().equals("queue"));
    }
  }
}
