package io.omnihub.channel.telegram;

import io.omnihub.api.config.Secret;
import java.util.Locale;
import java.util.Map;

/** Telegram signs nothing; it shows that it knows the secret it was given with the webhook. */
record TelegramSignature(Secret secret) {
  private static final String HEADER = "x-telegram-bot-api-secret-token";

  boolean holds(Map<String, Object> headers) {
    return headers.entrySet().stream()
        .filter(header -> header.getKey().toLowerCase(Locale.ROOT).equals(HEADER))
        .anyMatch(header -> header.getValue() instanceof String value && secret.matches(value));
  }
}
