package io.omnihub.channel.telegram;

import io.omnihub.api.model.Part;
import java.util.Set;

/**
 * The method that sends a medium, and its parameter for the file. What a method would not take as
 * it is goes as a document, which takes anything.
 */
enum MediaMethod {
  PHOTO("sendPhoto", "photo", true),
  ANIMATION("sendAnimation", "animation", true),
  AUDIO("sendAudio", "audio", true),
  VOICE("sendVoice", "voice", true),
  VIDEO("sendVideo", "video", true),
  DOCUMENT("sendDocument", "document", true),
  STICKER("sendSticker", "sticker", false);

  /** See https://core.telegram.org/bots/api#sendphoto. */
  private static final long MAX_PHOTO = 10L << 20;

  private static final Set<String> PHOTOS = Set.of("", "image/jpeg", "image/png", "image/webp");
  private static final Set<String> STICKERS =
      Set.of("image/webp", "video/webm", "application/x-tgsticker");

  private static final Set<String> SONGS =
      Set.of("", "audio/mpeg", "audio/mp3", "audio/mp4", "audio/x-m4a", "audio/m4a", "audio/aac");

  private final String method;
  private final String field;
  private final boolean captioned;

  MediaMethod(String method, String field, boolean captioned) {
    this.method = method;
    this.field = field;
    this.captioned = captioned;
  }

  static MediaMethod of(Part.Media media) {
    return switch (media.kind()) {
      case IMAGE -> picture(media);
      case AUDIO -> SONGS.contains(media.mediaType()) ? AUDIO : DOCUMENT;
      case VOICE -> VOICE;
      case VIDEO -> VIDEO;
      case FILE -> DOCUMENT;
      case STICKER -> STICKERS.contains(media.mediaType()) ? STICKER : picture(media);
    };
  }

  String method() {
    return method;
  }

  String field() {
    return field;
  }

  boolean captioned() {
    return captioned;
  }

  private static MediaMethod picture(Part.Media media) {
    if (media.mediaType().equals("image/gif")) {
      return ANIMATION;
    }
    return PHOTOS.contains(media.mediaType()) && media.size() <= MAX_PHOTO ? PHOTO : DOCUMENT;
  }
}
