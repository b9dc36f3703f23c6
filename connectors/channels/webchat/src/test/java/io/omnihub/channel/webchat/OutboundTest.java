package io.omnihub.channel.webchat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.omnihub.api.model.Author;
import io.omnihub.api.model.DeliveryStatus;
import io.omnihub.api.model.Identity;
import io.omnihub.api.model.Message;
import io.omnihub.api.model.OutboundMessage;
import io.omnihub.api.model.Part;
import io.omnihub.api.model.SendOutcome;
import io.omnihub.api.route.TypingNotice;
import io.omnihub.testkit.harness.Samples;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class OutboundTest {
  private final Shop shop = Shop.open();
  private String token;
  private String visitor;
  private Identity identity;

  @BeforeEach
  void login() {
    JsonNode session = shop.session(Map.of());
    token = session.path("token").asText();
    visitor = session.path("visitor").asText();
    identity = new Identity("webchat", "acc", visitor);
  }

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  void aMessageReachesAllTabsAtItsPlace() {
    Shop.Tab one = shop.tab(token);
    Shop.Tab two = shop.tab(token);
    Shop.Tab stranger = shop.tab(shop.token());
    OutboundMessage message = Samples.outbound(identity, Part.Text.plain("hi"));
    shop.hub.remember(message.whole());

    SendOutcome outcome = shop.hub.send(message);

    assertThat(outcome).isEqualTo(SendOutcome.Accepted.as("out:" + message.id()));
    for (Shop.Tab tab : List.of(one, two)) {
      JsonNode frame = tab.last();
      assertThat(frame.path("id").asText()).isEqualTo(message.id());
      assertThat(frame.path("position").asLong()).isEqualTo(1);
      assertThat(frame.path("direction").asText()).isEqualTo("outbound");
      assertThat(frame.at("/author/kind").asText()).isEqualTo("bot");
      assertThat(frame.at("/parts/0/text").asText()).isEqualTo("hi");
      assertThat(frame.path("at").asText()).isEqualTo("2026-05-01T12:00:00.000Z");
    }
    assertThat(stranger.frames()).hasSize(1);
  }

  @Test
  void nobodyThereIsAcceptedToo() {
    OutboundMessage message = Samples.outbound(identity, Part.Text.plain("hi"));
    shop.hub.remember(message.whole());

    assertThat(shop.hub.send(message)).isEqualTo(SendOutcome.Accepted.as("out:" + message.id()));
    assertThat(shop.tab(token).last().path("id").asText()).isEqualTo(message.id());
  }

  @Test
  void R12_aRepeatedSendIsShownOnce() {
    Shop.Tab tab = shop.tab(token);
    OutboundMessage message = Samples.outbound(identity, Part.Text.plain("hi"));
    shop.hub.remember(message.whole());
    shop.hub.send(message);
    shop.hub.send(message);

    assertThat(tab.frames("msg")).hasSize(1);
  }

  @Test
  void R15_aPushCarriesAlongWhatLiesBeforeIt() {
    Shop.Tab tab = shop.tab(token);
    Message own = Samples.message(Message.Direction.INBOUND, List.of(Part.Text.plain("mine")));
    OutboundMessage message = Samples.outbound(identity, Part.Text.plain("yours"));
    shop.hub.remember(withProviderId(own, visitor + ":c-9"));
    shop.hub.remember(message.whole());
    shop.hub.send(message);

    assertThat(tab.frames("msg").stream().map(frame -> frame.path("position").asInt()))
        .containsExactly(1, 2);
    assertThat(tab.frames("msg").getFirst().path("clientId").asText()).isEqualTo("c-9");
  }

  @Test
  void whatWasFittedToTheWidgetIsShown() {
    Shop.Tab tab = shop.tab(token);
    OutboundMessage sample =
        Samples.outbound(identity, new Part.Text("<p>x</p>", Part.Format.HTML));
    OutboundMessage fitted =
        new OutboundMessage(
            sample.id(),
            sample.key(),
            sample.conversationId(),
            identity,
            visitor,
            "",
            "",
            new Author(Author.Kind.AGENT, "agent-7", "Mia"),
            List.of(Part.Text.plain("x")),
            "",
            List.of(),
            Map.of(),
            sample.whole());
    shop.hub.remember(sample.whole());
    shop.hub.send(fitted);

    assertThat(tab.last().at("/parts/0/text").asText()).isEqualTo("x");
    assertThat(tab.last().toString()).doesNotContain("agent-7");
  }

  @Test
  void aMessageThatIsNotInTheTranscriptComesWithoutAPlace() {
    Shop.Tab tab = shop.tab(token);
    shop.hub.send(Samples.outbound(identity, Part.Text.plain("hi")));

    assertThat(tab.last().has("position")).isFalse();
    assertThat(tab.last().at("/parts/0/text").asText()).isEqualTo("hi");
  }

  @Test
  void whatWasDeletedIsNotShown() {
    Message gone = Samples.message(Message.Direction.OUTBOUND, List.of(Part.Text.plain("secret")));
    shop.hub.remember(deleted(gone));

    JsonNode frame = shop.tab(token).last();
    assertThat(frame.path("deleted").asBoolean()).isTrue();
    assertThat(frame.toString()).doesNotContain("secret");
  }

  @Test
  void aNoteIsNeverShown() {
    shop.hub.remember(
        Samples.message(Message.Direction.NOTE, List.of(Part.Text.plain("difficult customer"))));

    assertThat(shop.tab(token).frames("msg")).isEmpty();
  }

  @Test
  void somebodyOfAnotherChatIsRefused() {
    SendOutcome outcome =
        shop.hub.send(
            Samples.outbound(new Identity("webchat", "other", visitor), Part.Text.plain("hi")));

    assertThat(outcome).isInstanceOf(SendOutcome.Refused.class);
  }

  @Test
  void typingIsShown() {
    Shop.Tab tab = shop.tab(token);
    shop.hub.typing(new TypingNotice(identity, visitor, "", Duration.ofSeconds(5)));

    assertThat(tab.last()).isEqualTo(Shop.json("{\"t\":\"typing\",\"for\":5}"));
  }

  private static Message withProviderId(Message message, String providerId) {
    return copy(message, providerId, false);
  }

  private static Message deleted(Message message) {
    return copy(message, "out:" + message.id(), true);
  }

  private static Message copy(Message message, String providerId, boolean deleted) {
    return new Message(
        message.id(),
        message.conversationId(),
        message.contactId(),
        message.account(),
        message.channel(),
        message.direction(),
        message.author(),
        message.parts(),
        null,
        null,
        providerId,
        null,
        Samples.NOON,
        null,
        deleted ? Samples.NOON : null,
        DeliveryStatus.SENT,
        null,
        List.of(),
        Map.of());
  }
}
