package io.omnihub.channel.email.compose;

import io.omnihub.api.model.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The words of a mail, once as plain text and once as HTML that says the same, and the files to
 * attach.
 */
record MailBody(String text, String html, List<Part.Media> attachments) {
  MailBody {
    attachments = List.copyOf(attachments);
  }

  static MailBody of(List<Part> parts) {
    List<String> texts = new ArrayList<>();
    List<String> htmls = new ArrayList<>();
    List<Part.Media> attachments = new ArrayList<>();
    for (Part part : parts) {
      switch (part) {
        case Part.Text text -> {
          texts.add(plainOf(text));
          htmls.add(htmlOf(text));
        }
        case Part.Media media -> {
          boolean kept = !media.url().matches("(?i)https?:.*");
          if (kept) {
            attachments.add(media);
          }
          addPlain(lines(media.caption(), kept ? "" : media.url()), texts, htmls);
        }
        case Part.Location place -> addPlain(describe(place), texts, htmls);
        case Part.ContactCard card -> addPlain(describe(card), texts, htmls);
        case Part.Choices choices ->
            addPlain(lines(choices.text(), describe(choices.options())), texts, htmls);
        case Part.Choice choice -> addPlain(choice.label(), texts, htmls);
        case Part.Card card -> addPlain(describe(card), texts, htmls);
        case Part.Carousel carousel ->
            carousel.cards().forEach(card -> addPlain(describe(card), texts, htmls));
        case Part.Template template ->
            addPlain(String.join(" ", template.parameters()), texts, htmls);
        case Part.Unsupported unsupported -> {
          // what came in unread from elsewhere says nothing in a mail
        }
      }
    }
    return new MailBody(
        String.join("\n\n", texts).strip() + "\n", String.join("\n", htmls), attachments);
  }

  private static void addPlain(String words, List<String> texts, List<String> htmls) {
    if (!words.isEmpty()) {
      texts.add(words);
      htmls.add(HtmlText.paragraphs(words));
    }
  }

  private static String plainOf(Part.Text text) {
    return switch (text.format()) {
      case PLAIN, MARKDOWN -> text.text().strip();
      case HTML -> HtmlText.toPlain(text.text());
    };
  }

  private static String htmlOf(Part.Text text) {
    return switch (text.format()) {
      case PLAIN -> HtmlText.paragraphs(text.text());
      case MARKDOWN -> Markdown.toHtml(text.text());
      case HTML -> HtmlText.sanitized(text.text());
    };
  }

  private static String describe(Part.Location place) {
    return lines(place.name(), place.address(), place.latitude() + ", " + place.longitude());
  }

  private static String describe(Part.ContactCard card) {
    return lines(card.name(), String.join(", ", card.phones()), String.join(", ", card.emails()));
  }

  private static String describe(Part.Card card) {
    return lines(card.title(), card.subtitle(), card.imageUrl(), describe(card.options()));
  }

  private static String describe(List<Part.Option> options) {
    return options.stream()
        .map(option -> ("- " + option.label() + " " + option.url()).strip())
        .collect(Collectors.joining("\n"));
  }

  private static String lines(String... lines) {
    return Stream.of(lines).filter(line -> !line.isBlank()).collect(Collectors.joining("\n"));
  }
}
