package io.omnihub.channel.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Which messages of groups are taken. While the bot's name is not known, a message that may be
 * meant for it is taken: one too many is better than one lost.
 */
record GroupPolicy(Admission admission, BotProfile bot) {

  /** The setting. */
  enum Admission {
    IGNORE,
    MENTION,
    ALL;

    static Admission of(String word) {
      return switch (word) {
        case "ignore" -> IGNORE;
        case "all" -> ALL;
        default -> MENTION;
      };
    }
  }

  /** Whether a message is taken. */
  boolean admits(JsonNode message) {
    if (isPrivate(message)) {
      return true;
    }
    return switch (admission) {
      case IGNORE -> false;
      case MENTION -> message.has("migrate_to_chat_id") || isForBot(message);
      case ALL -> true;
    };
  }

  /** Whether a press of a button is taken: the buttons are the bot's own. */
  boolean admitsPress(JsonNode message) {
    return isPrivate(message) || admission != Admission.IGNORE;
  }

  /** Whether a reaction is taken; to whose message it is, Telegram does not tell. */
  boolean admitsReaction(JsonNode reaction) {
    return isPrivate(reaction) || admission == Admission.ALL;
  }

  private static boolean isPrivate(JsonNode message) {
    return message.path("chat").path("type").asText("private").equals("private");
  }

  private boolean isForBot(JsonNode message) {
    return bot.is(message.path("reply_to_message").path("from").path("id").asLong())
        || Stream.concat(
                entities(message, "text", "entities"),
                entities(message, "caption", "caption_entities"))
            .anyMatch(this::names);
  }

  private boolean names(Entity entity) {
    return switch (entity.type()) {
      case "mention" -> bot.isCalled(entity.text().replaceFirst("^@", ""));
      case "bot_command" -> {
        int at = entity.text().indexOf('@');
        yield at < 0 || bot.isCalled(entity.text().substring(at + 1));
      }
      case "text_mention" -> bot.is(entity.userId());
      default -> false;
    };
  }

  private static Stream<Entity> entities(JsonNode message, String textField, String field) {
    String text = message.path(textField).asText("");
    return StreamSupport.stream(message.path(field).spliterator(), false)
        .map(entity -> Entity.of(entity, text));
  }

  /** Who the bot is: its id from the token, its name once Telegram has told it. */
  static final class BotProfile {
    private final long id;
    private volatile String username = "";

    BotProfile(long id) {
      this.id = id;
    }

    void learn(String newUsername) {
      username = newUsername.toLowerCase(Locale.ROOT);
    }

    boolean known() {
      return !username.isEmpty();
    }

    boolean is(long userId) {
      return id == userId;
    }

    /** Whether that is the bot's name; any name may be, as long as it is not known. */
    boolean isCalled(String name) {
      return !known() || username.equals(name.toLowerCase(Locale.ROOT));
    }
  }

  /** A marked stretch of text. */
  private record Entity(String type, String text, long userId) {
    static Entity of(JsonNode entity, String text) {
      int from = Math.clamp(entity.path("offset").asLong(), 0, text.length());
      int to = Math.clamp(from + entity.path("length").asLong(), from, text.length());
      return new Entity(
          entity.path("type").asText(""),
          text.substring(from, to),
          entity.path("user").path("id").asLong());
    }
  }
}
