package io.omnihub.channel.whatsapp;

import io.omnihub.api.model.Part;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which files WhatsApp carries, and as what.
 *
 * <p>https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media#supported-media-types
 */
record MediaRules(String type, Set<String> mediaTypes, long largest, boolean captioned) {
  static final long LARGEST = 100L << 20;

  private static final MediaRules IMAGE =
      new MediaRules("image", Set.of("image/jpeg", "image/png"), 5L << 20, true);
  private static final MediaRules VIDEO =
      new MediaRules("video", Set.of("video/mp4", "video/3gpp"), 16L << 20, true);
  private static final MediaRules AUDIO =
      new MediaRules(
          "audio",
          Set.of("audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"),
          16L << 20,
          false);
  private static final MediaRules STICKER =
      new MediaRules("sticker", Set.of("image/webp"), 500L << 10, false);
  private static final MediaRules DOCUMENT =
      new MediaRules(
          "document",
          Set.of(
              "text/plain",
              "application/pdf",
              "application/msword",
              "application/vnd.ms-excel",
              "application/vnd.ms-powerpoint",
              "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
              "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
              "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
          LARGEST,
          true);

  /** What the kind is sent as. */
  static MediaRules of(Part.MediaKind kind) {
    return switch (kind) {
      case IMAGE -> IMAGE;
      case VIDEO -> VIDEO;
      case AUDIO, VOICE -> AUDIO;
      case STICKER -> STICKER;
      case FILE -> DOCUMENT;
    };
  }

  /** Why WhatsApp would not take the file, in a sentence; empty when it would. */
  Optional<String> objection(Part.Media media) {
    String given = plain(media.mediaType());
    if (!given.isEmpty() && !mediaTypes.contains(given)) {
      return Optional.of(
          "WhatsApp carries no " + given + " as " + type + "; send a link to it instead");
    }
    return media.size() > largest
        ? Optional.of(
            "larger than the %d KiB that WhatsApp carries as %s; send a link to it instead"
                .formatted(largest >> 10, type))
        : Optional.empty();
  }

  /** Without parameters such as {@code codecs}. */
  static String plain(String mediaType) {
    return mediaType.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
  }
}
