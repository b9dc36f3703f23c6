package io.omnihub.channel.telegram;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.omnihub.api.json.HubJson;
import io.omnihub.api.model.OutboundMessage;
import io.omnihub.api.model.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A message as the requests that send it, in order. The same message gives the same requests. */
final class TelegramOutbound {
  static final int MAX_TEXT = 4096;
  static final int MAX_CAPTION = 1024;

  private final ChatAddress address;
  private final OutboundMessage message;
  private final List<TelegramRequest> requests = new ArrayList<>();

  private TelegramOutbound(OutboundMessage message, ChatAddress address) {
    this.message = message;
    this.address = address;
  }

  /** Empty when the message has nothing in it that Telegram carries. */
  static List<TelegramRequest> requests(OutboundMessage message, ChatAddress address) {
    TelegramOutbound outbound = new TelegramOutbound(message, address);
    message.parts().forEach(outbound::add);
    return List.copyOf(outbound.requests);
  }

  /** What every request to a chat names. */
  static ObjectNode target(ChatAddress address, String thread) {
    ObjectNode params = HubJson.mapper().createObjectNode().put("chat_id", address.chat());
    if (!address.connection().isEmpty()) {
      params.put("business_connection_id", address.connection());
    }
    if (thread.matches("\\d{1,18}")) {
      params.put("message_thread_id", Long.parseLong(thread));
    }
    return params;
  }

  private void add(Part part) {
    switch (part) {
      case Part.Text text -> addText(text.text(), text.format());
      case Part.Media media -> addMedia(media);
      case Part.Location place -> addPlace(place);
      case Part.ContactCard card -> addContact(card);
      case Part.Choices choices -> addChoices(choices.text(), choices.options());
      case Part.Choice choice -> addText(choice.label(), Part.Format.PLAIN);
      case Part.Card card -> addCard(card);
      case Part.Carousel carousel -> carousel.cards().forEach(this::addCard);
      // The hub has made something simpler of these, or refused them.
      case Part.Template template -> {}
      case Part.Unsupported unsupported -> {}
    }
  }

  private ObjectNode params() {
    ObjectNode params = target(address, message.thread());
    if (requests.isEmpty()) {
      address
          .messageId(message.replyTo())
          .ifPresent(
              id ->
                  params
                      .putObject("reply_parameters")
                      .put("message_id", id)
                      .put("allow_sending_without_reply", true));
    }
    return params;
  }

  private void addText(String text, Part.Format format) {
    boolean markedUp = format != Part.Format.PLAIN;
    List<String> pieces =
        markedUp
            ? TextSplitter.html(TelegramMarkup.html(text, format), MAX_TEXT)
            : TextSplitter.plain(text, MAX_TEXT);
    for (String piece : pieces) {
      ObjectNode params = params().put("text", piece);
      if (markedUp) {
        params.put("parse_mode", "HTML");
      }
      requests.add(TelegramRequest.of("sendMessage", params));
    }
  }

  /** Buttons hang under the last piece of the question. */
  private void addChoices(String question, List<Part.Option> options) {
    int before = requests.size();
    addText(question, Part.Format.PLAIN);
    if (requests.size() == before) {
      // Buttons cannot stand alone.
      requests.add(TelegramRequest.of("sendMessage", params().put("text", "…")));
    }
    if (!options.isEmpty()) {
      requests.getLast().params().set("reply_markup", keyboard(options));
    }
  }

  private static ObjectNode keyboard(List<Part.Option> options) {
    ObjectNode markup = HubJson.mapper().createObjectNode();
    ArrayNode rows = markup.putArray("inline_keyboard");
    for (int place = 0; place < options.size(); place++) {
      Part.Option option = options.get(place);
      ObjectNode button = rows.addArray().addObject().put("text", option.label());
      if (option.url().isEmpty()) {
        button.put("callback_data", PressedOptions.data(option, place));
      } else {
        button.put("url", option.url());
      }
    }
    return markup;
  }

  private void addCard(Part.Card card) {
    String text =
        Stream.of(card.title(), card.subtitle(), card.imageUrl())
            .filter(line -> !line.isBlank())
            .collect(Collectors.joining("\n"));
    addChoices(text, card.options());
  }

  private void addMedia(Part.Media media) {
    MediaMethod method = MediaMethod.of(media);
    boolean withCaption = media.caption().length() <= MAX_CAPTION && method.captioned();
    ObjectNode params = params();
    if (withCaption && !media.caption().isBlank()) {
      params.put("caption", media.caption());
    }
    boolean ours = media.url().startsWith("/");
    if (!ours) {
      params.put(method.field(), media.url());
    }
    requests.add(
        new TelegramRequest(
            method.method(),
            params,
            ours
                ? Optional.of(
                    new TelegramRequest.Upload(
                        method.field(), media.url(), media.name(), media.mediaType()))
                : Optional.empty()));
    if (!withCaption) {
      addText(media.caption(), Part.Format.PLAIN);
    }
  }

  private void addPlace(Part.Location place) {
    ObjectNode params = params();
    params.put("latitude", place.latitude()).put("longitude", place.longitude());
    if (place.name().isBlank() && place.address().isBlank()) {
      requests.add(TelegramRequest.of("sendLocation", params));
      return;
    }
    String title = place.name().isBlank() ? place.address() : place.name();
    String street = place.address().isBlank() ? place.name() : place.address();
    requests.add(
        TelegramRequest.of("sendVenue", params.put("title", title).put("address", street)));
  }

  /** Telegram's contact has one number; whatever else there is follows as text. */
  private void addContact(Part.ContactCard card) {
    String phone = card.phones().isEmpty() ? "" : card.phones().getFirst();
    if (!phone.isEmpty()) {
      ObjectNode params = params().put("phone_number", phone);
      params.put("first_name", card.name().isBlank() ? phone : card.name());
      requests.add(TelegramRequest.of("sendContact", params));
    }
    String more =
        Stream.of(card.phones().stream().skip(1), card.emails().stream())
            .flatMap(lines -> lines)
            .collect(Collectors.joining("\n"));
    boolean nameless = !phone.isEmpty() || card.name().isBlank();
    addText(nameless ? more : card.name() + "\n" + more, Part.Format.PLAIN);
  }
}
