package io.omnihub.channel.whatsapp;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.omnihub.api.json.HubJson;
import io.omnihub.api.model.Failure;
import io.omnihub.api.model.Failure.Code;
import io.omnihub.api.model.OutboundMessage;
import io.omnihub.api.model.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A message as the requests that send it, in order. The same message gives the same requests. */
final class WhatsAppOutbound {
  static final int MAX_TEXT = 4096;
  static final int MAX_CAPTION = 1024;

  /** Meta gives it back with every status. */
  private static final int MAX_CALLBACK_DATA = 512;

  private final OutboundMessage message;
  private final Recipient recipient;
  private final String language;
  private final List<WhatsAppRequest> requests = new ArrayList<>();
  private Optional<String> objection = Optional.empty();

  private WhatsAppOutbound(OutboundMessage message, Recipient recipient, String language) {
    this.message = message;
    this.recipient = recipient;
    this.language = language;
  }

  /** What is to be done for a message. */
  sealed interface Plan {
    /** At least one request. */
    record Requests(List<WhatsAppRequest> requests) implements Plan {}

    /** WhatsApp would not take it. */
    record Impossible(Failure failure) implements Plan {}
  }

  /**
   * Plans a message.
   *
   * @param language of templates that name none, may be empty
   */
  static Plan plan(OutboundMessage message, Recipient recipient, String language) {
    WhatsAppOutbound outbound = new WhatsAppOutbound(message, recipient, language);
    message.parts().forEach(outbound::add);
    if (outbound.objection.isEmpty() && outbound.requests.isEmpty()) {
      outbound.objection = Optional.of("nothing in it that WhatsApp carries");
    }
    return outbound
        .objection
        .<Plan>map(sentence -> new Plan.Impossible(Failure.of(Code.CONTENT_REJECTED, sentence)))
        .orElseGet(() -> new Plan.Requests(List.copyOf(outbound.requests)));
  }

  private void add(Part part) {
    switch (part) {
      case Part.Text text -> addText(WhatsAppMarkup.of(text));
      case Part.Media media -> addMedia(media);
      case Part.Location place -> addPlace(place);
      case Part.ContactCard card -> addContact(card);
      case Part.Choices choices -> addChoices(choices);
      case Part.Choice choice -> addText(choice.label().isBlank() ? choice.id() : choice.label());
      case Part.Card card -> addCard(card);
      case Part.Carousel carousel -> carousel.cards().forEach(this::addCard);
      case Part.Template template -> addTemplate(template);
      // The hub has left it out or refused it.
      case Part.Unsupported unsupported -> {}
    }
  }

  private ObjectNode request(String type) {
    ObjectNode request = recipient.request().put("type", type);
    if (requests.isEmpty() && !message.replyTo().isBlank()) {
      request.putObject("context").put("message_id", message.replyTo());
    }
    if (message.key().length() <= MAX_CALLBACK_DATA) {
      request.put("biz_opaque_callback_data", message.key());
    }
    return request;
  }

  private void addText(String text) {
    for (String rest = text; !rest.isBlank(); ) {
      int end = end(rest);
      ObjectNode request = request("text");
      request.putObject("text").put("body", rest.substring(0, end)).put("preview_url", true);
      requests.add(WhatsAppRequest.of(request));
      rest = rest.substring(end);
    }
  }

  /** The hub splits texts by their words; this only holds for what became longer here. */
  private static int end(String text) {
    if (text.length() <= MAX_TEXT) {
      return text.length();
    }
    return Character.isHighSurrogate(text.charAt(MAX_TEXT - 1)) ? MAX_TEXT - 1 : MAX_TEXT;
  }

  private void addChoices(Part.Choices choices) {
    Optional<ObjectNode> interactive = WhatsAppChoices.interactive(choices);
    if (interactive.isEmpty()) {
      addText(WhatsAppChoices.numbered(choices));
      return;
    }
    if (choices.text().length() > WhatsAppChoices.MAX_BODY) {
      addText(choices.text());
    }
    ObjectNode request = request("interactive");
    request.set("interactive", interactive.get());
    requests.add(WhatsAppRequest.of(request));
  }

  private void addCard(Part.Card card) {
    String text =
        Stream.of(card.title(), card.subtitle(), card.imageUrl())
            .filter(line -> !line.isBlank())
            .collect(Collectors.joining("\n"));
    if (card.options().isEmpty()) {
      addText(text);
    } else {
      addChoices(new Part.Choices(text, Part.Style.BUTTONS, card.options()));
    }
  }

  private void addMedia(Part.Media media) {
    MediaRules rules = MediaRules.of(media.kind());
    Optional<String> no = rules.objection(media);
    if (no.isPresent()) {
      objection = no;
      return;
    }
    boolean withCaption = rules.captioned() && media.caption().length() <= MAX_CAPTION;
    ObjectNode request = request(rules.type());
    ObjectNode file = request.putObject(rules.type());
    if (withCaption && !media.caption().isBlank()) {
      file.put("caption", media.caption());
    }
    if (media.kind() == Part.MediaKind.FILE && !media.name().isBlank()) {
      file.put("filename", media.name());
    }
    boolean ours = media.url().startsWith("/");
    if (!ours) {
      file.put("link", media.url());
    }
    requests.add(new WhatsAppRequest(request, ours ? Optional.of(media) : Optional.empty()));
    if (!withCaption) {
      addText(media.caption());
    }
  }

  private void addPlace(Part.Location place) {
    ObjectNode request = request("location");
    ObjectNode location = request.putObject("location");
    location.put("latitude", place.latitude()).put("longitude", place.longitude());
    if (!place.name().isBlank()) {
      location.put("name", place.name());
    }
    if (!place.address().isBlank()) {
      location.put("address", place.address());
    }
    requests.add(WhatsAppRequest.of(request));
  }

  private void addContact(Part.ContactCard card) {
    String name =
        Stream.concat(
                Stream.of(card.name()),
                Stream.concat(card.phones().stream(), card.emails().stream()))
            .filter(text -> !text.isBlank())
            .findFirst()
            .orElse("");
    if (name.isEmpty()) {
      return;
    }
    ObjectNode request = request("contacts");
    ObjectNode contact = request.putArray("contacts").addObject();
    // Meta wants one more of the name's fields beside the one that is shown.
    contact.putObject("name").put("formatted_name", name).put("first_name", name);
    ArrayNode phones = contact.putArray("phones");
    card.phones().forEach(phone -> phones.addObject().put("phone", phone));
    ArrayNode emails = contact.putArray("emails");
    card.emails().forEach(mail -> emails.addObject().put("email", mail));
    requests.add(WhatsAppRequest.of(request));
  }

  /** The parameters are those of the body, in their order. */
  private void addTemplate(Part.Template template) {
    String written = languageOf(template, language);
    if (written.isEmpty()) {
      objection = Optional.of("the template names no language, such as en_US");
      return;
    }
    ObjectNode request = request("template");
    ObjectNode fields = request.putObject("template").put("name", template.name());
    fields.putObject("language").put("code", written);
    if (!template.parameters().isEmpty()) {
      ObjectNode body = HubJson.mapper().createObjectNode().put("type", "body");
      ArrayNode parameters = body.putArray("parameters");
      template
          .parameters()
          .forEach(text -> parameters.addObject().put("type", "text").put("text", text));
      fields.putArray("components").add(body);
    }
    requests.add(WhatsAppRequest.of(request));
  }

  /** As WhatsApp writes it, {@code en_US}. */
  static String languageOf(Part.Template template, String otherwise) {
    return template.language().isBlank() ? otherwise : template.language().replace('-', '_');
  }
}
