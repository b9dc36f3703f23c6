package io.omnihub.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.omnihub.api.json.HubJson;
import io.omnihub.testkit.Await;
import io.omnihub.testkit.bot.BotSimulator;
import io.omnihub.testkit.partner.PartnerSimulator;
import io.omnihub.testkit.telegram.TelegramUser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that is written shows a secret, what people say, or who they are. */
final class CanaryIT {
  private static final TelegramUser TINA =
      new TelegramUser(4_711_000_815L, "KanarieTina", "", "KanarieTina", "");
  private static final String TINAS_CHAT = "4711000815";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"text", "json"})
  void R32_canariesAreSeenNowhereInWhatTheHubWrites(String log) {
    try (CanaryRoom room = new CanaryRoom(folder)) {
      room.start(log);
      room.secret(TINAS_CHAT);
      room.bot.answerWith(CanaryIT::answer);
      subscribe(room);
      fine(room);
      desk(room);
      refused(room);
      botFails(room);
      poison(room);
      intruders(room);
      Await.until("a login that is refused", () -> room.log().contains("log-in"));
      assertThat(room.log()).as("there is something to look at").contains("WARN", "DEBUG");
      assertThat(about(room.log(), log)).as("lines say what they are about").isTrue();
      assertThat(room.sung()).isEmpty();
    }
  }

  private static boolean about(String log, String form) {
    String pattern = form.equals("json") ? "\"conversation\":\"[0-9a-f-]{36}\"" : "conversation=";
    return Pattern.compile(pattern).matcher(log).find();
  }

  private static JsonNode answer(JsonNode turn) {
    String words = BotSimulator.words(turn);
    return words.contains("rubbish")
        ? HubJson.mapper().createArrayNode().add("KanarieRubbish")
        : BotSimulator.reply("KanarieAnswer to " + words);
  }

  private static void subscribe(CanaryRoom room) {
    String made =
        room.api(
            "POST",
            "/subscriptions",
            "{\"url\":\""
                + room.rude.url()
                + "/?key=KanarieInAddress\",\"events\":[\"message.received\",\"message.failed\"]}");
    try {
      room.secret(HubJson.mapper().readTree(made).get("secret").asText().substring(6));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** All goes well, with names, addresses and an attachment that may not be fetched. */
  private static void fine(CanaryRoom room) {
    ObjectNode event = named(room.partner, "KanarieQuestion");
    ObjectNode image = event.withArray("parts").addObject();
    image.put("type", "image").put("url", "http://127.0.0.1:9/KanarieFile?sig=KanarieSig");
    room.partner.send(List.of(event));
    Await.until("an answer", () -> !room.partner.received("KanarieUser").isEmpty());
    room.telegram.customerWrites(TINA, "KanarieOnTelegram");
    Await.until("an answer", () -> !room.telegram.sentTo(TINA.id()).isEmpty());
  }

  private static ObjectNode named(PartnerSimulator partner, String words) {
    ObjectNode event = partner.textEvent("KanarieUser", words);
    event
        .withObject("from")
        .put("name", "KanarieName")
        .put("email", "kanarie@Kanarie.example.com")
        .put("phone", "+4930901820");
    event.withObject("attributes").put("order", "KanarieOrder");
    return event;
  }

  private static void desk(CanaryRoom room) {
    JsonNode conversation =
        room.hub().get(room.client, "/conversations?account=partner").get("items").get(0);
    String path = "/conversations/" + conversation.get("id").asText();
    room.api("POST", path + "/notes", "{\"text\":\"KanarieNote\"}");
    room.api(
        "POST", path + "/messages", "{\"parts\":[{\"type\":\"text\",\"text\":\"KanarieAgent\"}]}");
    room.api(
        "POST",
        path + "/actions",
        "{\"type\":\"handoff\",\"to\":\"desk\",\"summary\":\"KanarieWhy\"}");
    room.api("POST", path + "/actions", "{\"type\":\"KanarieAction\"}");
    room.api("POST", path + "/actions", "{\"type\":\"reply\",\"parts\":\"KanarieParts\"}");
    room.api(
        "PATCH",
        "/contacts/" + conversation.get("contactId").asText(),
        "{\"name\":\"KanarieNew\"}");
  }

  /** Providers that refuse, and say why in words of their own; one is not there. */
  private static void refused(CanaryRoom room) {
    room.telegram.answerNext(
        "sendMessage",
        400,
        "{\"ok\":false,\"error_code\":400,\"description\":\"Bad Request: KanarieReason\"}");
    room.telegram.customerWrites(TINA, "KanarieAgain");
    write(room, "rude", "KanarieToRude");
    write(room, "away", "KanarieToAway");
    room.mail.customerSends(
        "KanarieWriter@example.org", "post@example.com", "KanarieSubject", "KanarieMail");
    Await.until("three refusals", () -> items(room, "/messages?status=failed") >= 3);
  }

  /** Somebody writes first, whom no bot has to answer. */
  private static void write(CanaryRoom room, String account, String words) {
    room.api(
        "POST",
        "/messages",
        "{\"to\":{\"identity\":\"webhook:%s/KanarieUser\"},\"account\":\"%s\",\"parts\":[{\"type\":\"text\",\"text\":\"%s\"}]}"
            .formatted(account, account, words));
  }

  private static int items(CanaryRoom room, String path) {
    return room.hub().get(room.client, path).get("items").size();
  }

  /** Rubbish for a second, then nobody there for a second: the desk takes over both times. */
  private static void botFails(CanaryRoom room) {
    room.partner.message("KanarieStumbler", "rubbish");
    Await.until("the desk", () -> items(room, "/conversations?handler=people") >= 2);
    room.bot.away();
    room.partner.message("KanarieLonely", "KanarieAnybody");
    Await.until("the desk", () -> items(room, "/conversations?handler=people") >= 3);
    room.bot.back();
  }

  /** What the connector cannot read, and what the engine cannot take. */
  private static void poison(CanaryRoom room) {
    ObjectNode anonymous = HubJson.mapper().createObjectNode();
    anonymous.put("message_id", 4711).put("date", 1_700_000_000).put("text", "KanariePsst");
    anonymous.putObject("chat").put("id", TINA.id()).put("type", "private");
    room.telegram.deliver("message", anonymous);
    ObjectNode timeless = named(room.partner, "KanariePoison");
    timeless.put("sentAt", "+999999999-12-31T23:59:59Z");
    room.partner.send(List.of(timeless));
    room.malformed(room.partner.event("KanarieType", "KanarieUser"));
    room.malformed(room.partner.event("message", "KanarieUser").put("parts", "KanarieParts"));
    room.malformed(named(room.partner, "KanarieLate").put("sentAt", "KanarieTime"));
    Await.until("two dead letters", () -> items(room, "/dead-letters") == 2);
  }

  /** Requests that prove nothing: what they are answered is read by anybody. */
  private static void intruders(CanaryRoom room) {
    String event = "[{\"id\":\"1\",\"type\":\"message\",\"KanarieField\":\"KanarieValue\"";
    room.intrude("POST", "/hooks/partner", event + "}]");
    room.intrude(
        "POST",
        "/hooks/partner",
        event,
        "webhook-id",
        "KanarieId",
        "webhook-timestamp",
        "1",
        "webhook-signature",
        "v1,KanarieSignature");
    String header = "X-Telegram-Bot-Api-Secret-Token";
    room.intrude("POST", "/hooks/tg", "{\"KanarieUpdate\":", header, "KanarieWrong");
    room.intrude("POST", "/hooks/tg", "{\"KanarieUpdate\":", header, "KanarieSecretToken");
    room.intrude(
        "POST", "/hooks/tg", "{\"update_id\":\"KanarieNumber\"}", header, "KanarieSecretToken");
    room.intrude("GET", "/api/v1/conversations", "", "Authorization", "Bearer KanarieWrongKey");
    room.intrude(
        "POST", "/chat/chat/session", "{\"user\":\"KanarieU\",\"signature\":\"KanarieS\"}");
    room.intrude("POST", "/chat/chat/session", "{\"user\":KanarieU");
    room.intrude(
        "POST", "/api/v1/messages", "{KanarieBody", "Authorization", "Bearer KanarieKeyOfMary");
  }
}
