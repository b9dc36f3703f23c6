package io.omnihub.channel.whatsapp;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.omnihub.api.json.HubJson;
import io.omnihub.api.model.Part;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * Choices as WhatsApp shows them: up to three short ones as buttons, up to ten as a list, one link
 * as a button that opens it. What fits none of these is a numbered text, and the hub understands
 * the number that comes back.
 *
 * <p>https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages#interactive-object
 */
final class WhatsAppChoices {
  static final int MAX_BODY = 1024;
  static final int MOST_ROWS = 10;

  private static final int MOST_BUTTONS = 3;
  private static final int MAX_BUTTON = 20;
  private static final int MAX_BUTTON_ID = 256;
  private static final int MAX_ROW = 24;
  private static final int MAX_ROW_ID = 200;
  private static final int MAX_DESCRIPTION = 72;

  /** Stands for a question that went before, and names the list; a text may not be empty. */
  private static final String DOTS = "…";

  private WhatsAppChoices() {}

  /** Empty when WhatsApp has no form for them. */
  static Optional<ObjectNode> interactive(Part.Choices choices) {
    List<Part.Option> options = choices.options();
    if (options.stream().anyMatch(option -> !option.url().isEmpty())) {
      return options.size() == 1 && options.getFirst().label().length() <= MAX_BUTTON
          ? Optional.of(link(choices))
          : Optional.empty();
    }
    boolean buttons = choices.style() != Part.Style.LIST && fits(options, MOST_BUTTONS, MAX_BUTTON);
    if (buttons && idsFit(options, MAX_BUTTON_ID)) {
      return Optional.of(buttons(choices));
    }
    return fits(options, MOST_ROWS, MAX_DESCRIPTION) && idsFit(options, MAX_ROW_ID)
        ? Optional.of(list(choices))
        : Optional.empty();
  }

  /** As a text, with a number before each. */
  static String numbered(Part.Choices choices) {
    StringJoiner lines = new StringJoiner("\n");
    if (!choices.text().isBlank()) {
      lines.add(choices.text());
    }
    int number = 1;
    for (Part.Option option : choices.options()) {
      lines.add((number++ + ". " + option.label() + " " + option.url()).strip());
    }
    return lines.toString();
  }

  private static boolean fits(List<Part.Option> options, int most, int longest) {
    boolean distinct =
        options.stream().map(Part.Option::label).distinct().count() == options.size();
    return options.size() <= most
        && distinct
        && options.stream().allMatch(option -> option.label().length() <= longest);
  }

  private static boolean idsFit(List<Part.Option> options, int longest) {
    return options.stream().map(Part.Option::id).distinct().count() == options.size()
        && options.stream().allMatch(option -> option.id().length() <= longest);
  }

  private static ObjectNode interactive(String type, Part.Choices choices) {
    boolean asked = choices.text().length() > MAX_BODY || choices.text().isBlank();
    ObjectNode interactive = HubJson.mapper().createObjectNode().put("type", type);
    interactive.putObject("body").put("text", asked ? DOTS : choices.text());
    return interactive;
  }

  private static ObjectNode link(Part.Choices choices) {
    ObjectNode interactive = interactive("cta_url", choices);
    Part.Option option = choices.options().getFirst();
    interactive
        .putObject("action")
        .put("name", "cta_url")
        .putObject("parameters")
        .put("display_text", option.label())
        .put("url", option.url());
    return interactive;
  }

  private static ObjectNode buttons(Part.Choices choices) {
    ObjectNode interactive = interactive("button", choices);
    ArrayNode buttons = interactive.putObject("action").putArray("buttons");
    for (Part.Option option : choices.options()) {
      ObjectNode reply = buttons.addObject().put("type", "reply").putObject("reply");
      reply.put("id", option.id()).put("title", option.label());
    }
    return interactive;
  }

  private static ObjectNode list(Part.Choices choices) {
    ObjectNode interactive = interactive("list", choices);
    ObjectNode action = interactive.putObject("action").put("button", DOTS);
    ArrayNode rows = action.putArray("sections").addObject().putArray("rows");
    for (Part.Option option : choices.options()) {
      ObjectNode row = rows.addObject().put("id", option.id());
      if (option.label().length() <= MAX_ROW) {
        row.put("title", option.label());
      } else {
        row.put("title", shortened(option.label())).put("description", option.label());
      }
    }
    return interactive;
  }

  private static String shortened(String label) {
    int end = MAX_ROW - DOTS.length();
    boolean halved = Character.isHighSurrogate(label.charAt(end - 1));
    return label.substring(0, halved ? end - 1 : end) + DOTS;
  }
}
