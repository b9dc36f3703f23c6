package io.omnihub.channel.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import io.omnihub.api.connector.Transcript;
import io.omnihub.api.model.Identity;
import io.omnihub.api.model.Message;
import io.omnihub.api.model.Part;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which option a pressed button stands for. A button carries 64 bytes: an option's id that is
 * longer is replaced by its place, {@code #3}, and found again in what the hub has said to this
 * person. So nothing has to be remembered here.
 */
final class PressedOptions {
  private static final int MAX_BYTES = 64;
  private static final int LOOK_BACK = 200;

  private final Transcript transcript;

  PressedOptions(Transcript transcript) {
    this.transcript = transcript;
  }

  /** What a button carries; never ambiguous, as ids that look like a place are replaced too. */
  static String data(Part.Option option, int place) {
    String id = option.id();
    boolean fits = id.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES;
    return fits && !id.startsWith("#") ? id : "#" + place;
  }

  /**
   * The part that a press becomes.
   *
   * @param providerId of the message with the buttons, empty when Telegram does not tell
   */
  Part pressed(JsonNode query, String providerId) {
    String data = query.path("data").asText("");
    if (data.isBlank()) {
      return new Part.Unsupported("callback_query", query);
    }
    String label = label(query.path("message"), data);
    if (!data.matches("#\\d{1,4}")) {
      return new Part.Choice(data, label);
    }
    int place = Integer.parseInt(data.substring(1));
    Identity sender = TelegramMessage.identity(query.path("from").path("id").longValue());
    return option(sender, place, label, providerId)
        .map(option -> new Part.Choice(option.id(), option.label()))
        .orElseGet(() -> new Part.Choice(label.isBlank() ? data : label, label));
  }

  private static String label(JsonNode message, String data) {
    for (JsonNode row : message.path("reply_markup").path("inline_keyboard")) {
      for (JsonNode button : row) {
        if (button.path("callback_data").asText("").equals(data)) {
          return button.path("text").asText("");
        }
      }
    }
    return "";
  }

  private Optional<Part.Option> option(
      Identity sender, int place, String label, String providerId) {
    List<Message> said =
        transcript.newest(sender, LOOK_BACK).reversed().stream()
            .map(Transcript.Entry::message)
            .filter(message -> message.direction() == Message.Direction.OUTBOUND)
            .toList();
    Stream<Message> exact =
        said.stream().filter(message -> providerId.equals(message.providerId()));
    // A message sent in pieces is known by its first one; the buttons may hang under the last.
    return Stream.concat(exact, said.stream())
        .flatMap(message -> message.parts().stream())
        .flatMap(part -> part instanceof Part.Choices choices ? Stream.of(choices) : Stream.of())
        .filter(choices -> place < choices.options().size())
        .map(choices -> choices.options().get(place))
        .filter(option -> label.isEmpty() || option.label().equals(label))
        .findFirst();
  }
}
