package io.omnihub.channel.telegram;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.omnihub.api.model.Part;
import io.omnihub.api.model.Part.MediaKind;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import org.telegram.telegrambots.meta.api.objects.Audio;
import org.telegram.telegrambots.meta.api.objects.Document;
import org.telegram.telegrambots.meta.api.objects.Video;
import org.telegram.telegrambots.meta.api.objects.VideoNote;
import org.telegram.telegrambots.meta.api.objects.Voice;
import org.telegram.telegrambots.meta.api.objects.photo.PhotoSize;
import org.telegram.telegrambots.meta.api.objects.stickers.Sticker;

/** Files of a message; their bytes stay with Telegram until the hub fetches them by file id. */
final class TelegramMedia {
  /** Of its own: the hub's outlives this plugin, and would hold on to its classes. */
  private static final JsonMapper MAPPER =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private TelegramMedia() {}

  /** A field as the library's type of it. */
  static <T> T read(JsonNode field, Class<T> type) throws JsonProcessingException {
    return MAPPER.treeToValue(field, type);
  }

  static Part photo(JsonNode message, JsonNode field) throws JsonProcessingException {
    PhotoSize largest =
        Arrays.stream(read(field, PhotoSize[].class))
            .max(Comparator.comparingLong(TelegramMedia::area))
            .orElseThrow(() -> new IllegalArgumentException("a photo without sizes"));
    return media(
        message, MediaKind.IMAGE, largest.getFileId(), "image/jpeg", largest.getFileSize(), "");
  }

  static Part document(JsonNode message, JsonNode field) throws JsonProcessingException {
    Document file = read(field, Document.class);
    return media(
        message,
        MediaKind.FILE,
        file.getFileId(),
        file.getMimeType(),
        file.getFileSize(),
        file.getFileName());
  }

  static Part audio(JsonNode message, JsonNode field) throws JsonProcessingException {
    Audio file = read(field, Audio.class);
    String name = Objects.requireNonNullElse(file.getFileName(), "");
    return media(
        message,
        MediaKind.AUDIO,
        file.getFileId(),
        file.getMimeType(),
        file.getFileSize(),
        name.isEmpty() ? file.getTitle() : name);
  }

  static Part voice(JsonNode message, JsonNode field) throws JsonProcessingException {
    Voice file = read(field, Voice.class);
    String type = Objects.requireNonNullElse(file.getMimeType(), "audio/ogg");
    return media(message, MediaKind.VOICE, file.getFileId(), type, file.getFileSize(), "");
  }

  static Part video(JsonNode message, JsonNode field) throws JsonProcessingException {
    Video file = read(field, Video.class);
    return media(
        message,
        MediaKind.VIDEO,
        file.getFileId(),
        file.getMimeType(),
        file.getFileSize(),
        file.getFileName());
  }

  static Part videoNote(JsonNode message, JsonNode field) throws JsonProcessingException {
    VideoNote file = read(field, VideoNote.class);
    return media(message, MediaKind.VIDEO, file.getFileId(), "video/mp4", file.getFileSize(), "");
  }

  /** Read as the document that it also is: the library's animation insists on its measures. */
  static Part animation(JsonNode message, JsonNode field) throws JsonProcessingException {
    Document file = read(field, Document.class);
    String type = Objects.requireNonNullElse(file.getMimeType(), "video/mp4");
    MediaKind kind = type.startsWith("image/") ? MediaKind.IMAGE : MediaKind.VIDEO;
    return media(message, kind, file.getFileId(), type, file.getFileSize(), file.getFileName());
  }

  static Part sticker(JsonNode message, JsonNode field) throws JsonProcessingException {
    Sticker file = read(field, Sticker.class);
    boolean vector = Boolean.TRUE.equals(file.getIsAnimated());
    boolean video = Boolean.TRUE.equals(file.getIsVideo());
    String type = vector ? "application/x-tgsticker" : video ? "video/webm" : "image/webp";
    return media(message, MediaKind.STICKER, file.getFileId(), type, file.getFileSize(), "");
  }

  private static Part media(
      JsonNode message, MediaKind kind, String fileId, String type, Number size, String name) {
    if (fileId == null || fileId.isBlank()) {
      throw new IllegalArgumentException("a file without an id");
    }
    return new Part.Media(
        kind,
        Part.Media.FETCH + fileId,
        type,
        size == null ? 0 : size.longValue(),
        name,
        TelegramContent.linkedText(message, "caption", "caption_entities"));
  }

  private static long area(PhotoSize size) {
    return (long) Objects.requireNonNullElse(size.getWidth(), 0)
        * Objects.requireNonNullElse(size.getHeight(), 0);
  }
}
