package io.omnihub.core.channel;

import io.omnihub.api.model.Capabilities;
import io.omnihub.api.model.Capabilities.Feature;
import io.omnihub.api.model.Capabilities.Grade;
import io.omnihub.api.model.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/**
 * Fits a message to what a channel can carry: what it cannot show becomes something simpler, never
 * nothing. Pure.
 */
public final class Fitter {
  private final Capabilities capabilities;

  public Fitter(Capabilities capabilities) {
    this.capabilities = capabilities;
  }

  /**
   * The pieces that are sent one after the other; empty when the channel can carry nothing of it.
   */
  public List<List<Part>> fit(List<Part> parts) {
    List<Part> fitted = new ArrayList<>();
    parts.forEach(part -> fit(part, fitted));
    if (fitted.isEmpty()) {
      return List.of();
    }
    return capabilities.singlePart()
        ? fitted.stream().map(List::of).toList()
        : List.of(List.copyOf(fitted));
  }

  private void fit(Part part, List<Part> out) {
    switch (part) {
      case Part.Text text -> text(text, out);
      case Part.Media media -> media(media, out);
      case Part.Choices choices -> choices(choices, out);
      case Part.Location location -> orText(Feature.LOCATION, location, words(location), out);
      case Part.ContactCard card -> orText(Feature.CONTACT, card, words(card), out);
      case Part.Card card -> card(card, out);
      case Part.Carousel carousel -> carousel(carousel, out);
      case Part.Template template ->
          orText(Feature.TEMPLATE, template, String.join("\n", template.parameters()), out);
      case Part.Choice choice ->
          text(Part.Text.plain(choice.label().isEmpty() ? choice.id() : choice.label()), out);
      case Part.Unsupported unsupported -> {}
    }
  }

  private boolean shows(Feature feature) {
    return capabilities.grade(feature).compareTo(Grade.PARTIAL) >= 0;
  }

  private void orText(Feature feature, Part part, String words, List<Part> out) {
    if (shows(feature)) {
      out.add(part);
    } else if (capabilities.grade(feature) == Grade.FALLBACK) {
      text(Part.Text.plain(words), out);
    }
  }

  private void text(Part.Text text, List<Part> out) {
    boolean marked = capabilities.formats().contains(text.format());
    boolean fits =
        capabilities.maxTextLength() == 0 || text.text().length() <= capabilities.maxTextLength();
    if (marked && fits) {
      if (!text.text().isEmpty()) {
        out.add(text);
      }
      return;
    }
    String plain =
        marked && text.format() == Part.Format.MARKDOWN ? text.text() : PlainText.of(text);
    Part.Format format =
        marked && text.format() == Part.Format.MARKDOWN ? Part.Format.MARKDOWN : Part.Format.PLAIN;
    TextSplitter.split(plain, capabilities.maxTextLength()).stream()
        .filter(piece -> !piece.isEmpty())
        .forEach(piece -> out.add(new Part.Text(piece, format)));
  }

  private void media(Part.Media media, List<Part> out) {
    boolean tooLarge =
        capabilities.maxMediaSize() > 0 && media.size() > capabilities.maxMediaSize();
    boolean known = capabilities.media().contains(media.kind());
    boolean asFile = capabilities.media().contains(Part.MediaKind.FILE);
    if (tooLarge || !(known || asFile)) {
      String type = media.mediaType().isEmpty() ? "file" : media.mediaType();
      String name = media.name().isEmpty() ? type : media.name();
      text(Part.Text.plain((media.caption() + "\n[" + name + "]").strip()), out);
      return;
    }
    Part.MediaKind kind = known ? media.kind() : Part.MediaKind.FILE;
    boolean captionFits =
        capabilities.maxCaptionLength() == 0
            || media.caption().length() <= capabilities.maxCaptionLength();
    String caption = captionFits ? media.caption() : "";
    out.add(
        new Part.Media(kind, media.url(), media.mediaType(), media.size(), media.name(), caption));
    if (!captionFits) {
      text(Part.Text.plain(media.caption()), out);
    }
  }

  private boolean drops(Feature feature) {
    return capabilities.grade(feature).compareTo(Grade.FALLBACK) < 0;
  }

  private void choices(Part.Choices choices, List<Part> out) {
    if (drops(Feature.CHOICES)) {
      text(Part.Text.plain(choices.text()), out);
      return;
    }
    boolean few =
        capabilities.maxOptions() == 0 || choices.options().size() <= capabilities.maxOptions();
    boolean brief =
        capabilities.maxTextLength() == 0
            || choices.text().length() <= capabilities.maxTextLength();
    if (shows(Feature.CHOICES) && few) {
      if (brief) {
        out.add(choices);
        return;
      }
      text(Part.Text.plain(choices.text()), out);
      out.add(new Part.Choices("", choices.style(), choices.options()));
      return;
    }
    text(Part.Text.plain(numbered(choices.text(), choices.options())), out);
  }

  /** A numbered list; the customer's answer with a number is understood as the choice. */
  private static String numbered(String text, List<Part.Option> options) {
    StringJoiner lines = new StringJoiner("\n");
    if (!text.isEmpty()) {
      lines.add(text);
    }
    for (int i = 0; i < options.size(); i++) {
      Part.Option option = options.get(i);
      lines.add(
          (i + 1) + ". " + option.label() + (option.url().isEmpty() ? "" : " " + option.url()));
    }
    return lines.toString();
  }

  private void card(Part.Card card, List<Part> out) {
    if (shows(Feature.CARD)) {
      out.add(card);
      return;
    }
    StringJoiner lines = new StringJoiner("\n");
    for (String line : List.of(card.title(), card.subtitle(), card.imageUrl())) {
      if (!line.isEmpty()) {
        lines.add(line);
      }
    }
    if (card.options().isEmpty()) {
      text(Part.Text.plain(lines.toString()), out);
    } else {
      choices(new Part.Choices(lines.toString(), Part.Style.BUTTONS, card.options()), out);
    }
  }

  private void carousel(Part.Carousel carousel, List<Part> out) {
    if (shows(Feature.CAROUSEL)) {
      out.add(carousel);
    } else {
      carousel.cards().forEach(card -> card(card, out));
    }
  }

  private static String words(Part.Location location) {
    StringJoiner lines = new StringJoiner("\n");
    for (String line : List.of(location.name(), location.address())) {
      if (!line.isEmpty()) {
        lines.add(line);
      }
    }
    return lines.add(location.latitude() + ", " + location.longitude()).toString();
  }

  private static String words(Part.ContactCard card) {
    StringJoiner lines = new StringJoiner("\n");
    if (!card.name().isEmpty()) {
      lines.add(card.name());
    }
    card.phones().forEach(lines::add);
    card.emails().forEach(lines::add);
    return lines.toString();
  }
}
