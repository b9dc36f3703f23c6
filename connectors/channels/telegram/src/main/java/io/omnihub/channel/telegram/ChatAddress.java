package io.omnihub.channel.telegram;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a message goes. Written {@code CHAT}, or {@code CONNECTION/CHAT} when it goes through the
 * account of a business: its chats have the ids of its customers too, and count messages by
 * themselves.
 *
 * @param connection the business connection, empty when there is none
 */
record ChatAddress(long chat, String connection) {
  private static final Pattern WRITTEN = Pattern.compile("(?:([^/:]+)/)?(-?\\d{1,18})");

  static Optional<ChatAddress> parse(String written) {
    Matcher matcher = WRITTEN.matcher(written);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String connection = matcher.group(1) == null ? "" : matcher.group(1);
    return Optional.of(new ChatAddress(Long.parseLong(matcher.group(2)), connection));
  }

  /** The message's id, unique in the account: Telegram counts messages chat by chat. */
  String providerId(long messageId) {
    return this + ":" + messageId;
  }

  /** The number of a message of this chat by its provider id. */
  Optional<Long> messageId(String providerId) {
    String prefix = this + ":";
    String rest = providerId.startsWith(prefix) ? providerId.substring(prefix.length()) : "";
    return rest.matches("\\d{1,18}") ? Optional.of(Long.valueOf(rest)) : Optional.empty();
  }

  @Override
  public String toString() {
    return connection.isEmpty() ? Long.toString(chat) : connection + "/" + chat;
  }
}
