package io.omnihub.channel.telegram;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.omnihub.api.connector.Account;
import io.omnihub.api.json.HubJson;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What Telegram is asked and told before messages flow; best effort, as it may be away. */
final class BotSetup {
  private static final Logger LOG = LoggerFactory.getLogger(BotSetup.class);

  /** Reactions come only when they are asked for by name. */
  private static final List<String> KINDS =
      List.of(
          "message",
          "edited_message",
          "business_connection",
          "business_message",
          "edited_business_message",
          "deleted_business_messages",
          "guest_message",
          "message_reaction",
          "callback_query",
          "my_chat_member");

  private final Account account;
  private final TelegramConfig config;
  private final BotApi api;
  private final GroupPolicy.BotProfile profile;

  BotSetup(Account account, TelegramConfig config, BotApi api, GroupPolicy.BotProfile profile) {
    this.account = account;
    this.config = config;
    this.api = api;
    this.profile = profile;
  }

  /** The kinds of update the bot asks for. */
  static ArrayNode allowedUpdates() {
    ArrayNode kinds = HubJson.mapper().createArrayNode();
    KINDS.forEach(kinds::add);
    return kinds;
  }

  /** Without an address that Telegram can call, the operator registers the webhook himself. */
  void forWebhook() {
    learnName();
    if ("https".equals(account.publicUrl().getScheme())) {
      ObjectNode params = HubJson.mapper().createObjectNode();
      params.put("url", account.publicUrl() + "/hooks/" + account.id());
      params.put("secret_token", config.secretToken().reveal());
      params.set("allowed_updates", allowedUpdates());
      done("setWebhook", api.call("setWebhook", params));
    }
  }

  /** Telegram refuses polls while a webhook is set. Whether the bot can be polled now. */
  boolean forPolling() {
    learnName();
    ObjectNode keepPending = HubJson.mapper().createObjectNode();
    return done("deleteWebhook", api.call("deleteWebhook", keepPending));
  }

  private void learnName() {
    BotAnswer answer = api.call("getMe", HubJson.mapper().createObjectNode());
    if (done("getMe", answer) && answer instanceof BotAnswer.Done done) {
      profile.learn(done.result().path("username").asText(""));
    }
  }

  private boolean done(String method, BotAnswer answer) {
    return switch (answer) {
      case BotAnswer.Done done -> true;
      case BotAnswer.Declined declined -> {
        LOG.warn("{}: {} failed: {}", account.id(), method, TelegramErrors.detail(declined));
        yield false;
      }
      case BotAnswer.Lost lost -> {
        String cause = lost.cause().getClass().getSimpleName();
        LOG.warn("{}: {} failed: {}", account.id(), method, cause);
        yield false;
      }
    };
  }
}
