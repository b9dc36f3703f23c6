package io.omnihub.api.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** One piece of a message's content. Optional texts are empty, never null; JSON leaves them out. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Part.Text.class, name = "text"),
  @JsonSubTypes.Type(value = Part.Media.class, name = "media"),
  @JsonSubTypes.Type(value = Part.Location.class, name = "location"),
  @JsonSubTypes.Type(value = Part.ContactCard.class, name = "contact"),
  @JsonSubTypes.Type(value = Part.Choices.class, name = "choices"),
  @JsonSubTypes.Type(value = Part.Choice.class, name = "choice"),
  @JsonSubTypes.Type(value = Part.Card.class, name = "card"),
  @JsonSubTypes.Type(value = Part.Carousel.class, name = "carousel"),
  @JsonSubTypes.Type(value = Part.Template.class, name = "template"),
  @JsonSubTypes.Type(value = Part.Unsupported.class, name = "unsupported"),
})
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public sealed interface Part {

  /** How a text is marked up. */
  enum Format {
    @JsonProperty("plain")
    PLAIN,
    @JsonProperty("markdown")
    MARKDOWN,
    @JsonProperty("html")
    HTML
  }

  /** What a medium is, as a channel distinguishes it. */
  enum MediaKind {
    @JsonProperty("image")
    IMAGE,
    @JsonProperty("audio")
    AUDIO,
    @JsonProperty("voice")
    VOICE,
    @JsonProperty("video")
    VIDEO,
    @JsonProperty("file")
    FILE,
    @JsonProperty("sticker")
    STICKER;

    /**
     * The kind that fits a media type: {@code image/png} is an image, what is unknown is a file.
     */
    public static MediaKind ofMediaType(String mediaType) {
      String type = mediaType == null ? "" : mediaType;
      if (type.startsWith("image/")) {
        return IMAGE;
      }
      if (type.startsWith("audio/")) {
        return AUDIO;
      }
      return type.startsWith("video/") ? VIDEO : FILE;
    }
  }

  /** How choices are best shown. */
  enum Style {
    @JsonProperty("buttons")
    BUTTONS,
    @JsonProperty("list")
    LIST,
    @JsonProperty("replies")
    REPLIES
  }

  /** Written words. */
  record Text(
      @JsonInclude(JsonInclude.Include.ALWAYS) String text,
      @JsonInclude(JsonInclude.Include.ALWAYS) Format format)
      implements Part {
    public Text {
      if (text == null) {
        throw new IllegalArgumentException("text is missing");
      }
      format = format == null ? Format.PLAIN : format;
    }

    public static Text plain(String text) {
      return new Text(text, Format.PLAIN);
    }
  }

  /**
   * A file, picture, recording or sticker.
   *
   * @param url where its bytes are: an attachment of the hub ({@code /api/v1/attachments/ID}), an
   *     {@code https:} address, or, only from a connector, {@code fetch:REFERENCE}, which the hub
   *     resolves through the connector's {@code hub:media} route
   * @param size in bytes, 0 when unknown
   */
  record Media(
      MediaKind kind,
      String url,
      String mediaType,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) long size,
      String name,
      String caption)
      implements Part {
    /** What a connector puts before its own reference to bytes that the hub has yet to fetch. */
    public static final String FETCH = "fetch:";

    public Media {
      mediaType = mediaType == null ? "" : mediaType;
      name = name == null ? "" : name;
      caption = caption == null ? "" : caption;
      kind = kind == null ? MediaKind.ofMediaType(mediaType) : kind;
      if (url == null || url.isBlank()) {
        throw new IllegalArgumentException("media url is missing");
      }
    }

    /** The same medium with its bytes elsewhere. */
    public Media at(String newUrl, String newMediaType, long newSize) {
      return new Media(kind, newUrl, newMediaType, newSize, name, caption);
    }
  }

  /** A place, in degrees of WGS 84. */
  record Location(
      @JsonInclude(JsonInclude.Include.ALWAYS) double latitude,
      @JsonInclude(JsonInclude.Include.ALWAYS) double longitude,
      String name,
      String address)
      implements Part {
    public Location {
      name = name == null ? "" : name;
      address = address == null ? "" : address;
      if (!(latitude >= -90 && latitude <= 90 && longitude >= -180 && longitude <= 180)) {
        throw new IllegalArgumentException(
            "location is outside of the globe: " + latitude + ", " + longitude);
      }
    }
  }

  /** Somebody's contact details, shared as content. */
  record ContactCard(String name, List<String> phones, List<String> emails) implements Part {
    public ContactCard {
      name = name == null ? "" : name;
      phones = phones == null ? List.of() : List.copyOf(phones);
      emails = emails == null ? List.of() : List.copyOf(emails);
    }
  }

  /** One thing that can be picked; one with an address opens it instead of answering. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Option(String id, String label, String url) {
    public Option {
      if (label == null || label.isBlank()) {
        throw new IllegalArgumentException("an option needs a label");
      }
      id = id == null || id.isBlank() ? label : id;
      url = url == null ? "" : url;
    }

    public static Option of(String id, String label) {
      return new Option(id, label, "");
    }
  }

  /** A question with answers to pick from. */
  record Choices(String text, Style style, List<Option> options) implements Part {
    public Choices {
      text = text == null ? "" : text;
      style = style == null ? Style.BUTTONS : style;
      if (options == null || options.isEmpty()) {
        throw new IllegalArgumentException("choices need at least one option");
      }
      options = List.copyOf(options);
    }
  }

  /** What the customer picked. */
  record Choice(String id, String label) implements Part {
    public Choice {
      if (id == null || id.isBlank()) {
        throw new IllegalArgumentException("a choice needs the id of the option");
      }
      label = label == null ? "" : label;
    }
  }

  /** A picture with words and options. */
  record Card(String title, String subtitle, String imageUrl, List<Option> options)
      implements Part {
    public Card {
      title = title == null ? "" : title;
      subtitle = subtitle == null ? "" : subtitle;
      imageUrl = imageUrl == null ? "" : imageUrl;
      options = options == null ? List.of() : List.copyOf(options);
    }
  }

  /** Several cards side by side. */
  record Carousel(List<Card> cards) implements Part {
    public Carousel {
      cards = cards == null ? List.of() : List.copyOf(cards);
    }
  }

  /** A text that the provider has approved beforehand, by name. */
  record Template(String name, String language, List<String> parameters) implements Part {
    public Template {
      if (name == null || name.isBlank()) {
        throw new IllegalArgumentException("a template needs a name");
      }
      language = language == null ? "" : language;
      parameters = parameters == null ? List.of() : List.copyOf(parameters);
    }
  }

  /**
   * Content that the connector does not know yet: kept as it came, shown as such, never dropped.
   */
  record Unsupported(String providerType, JsonNode raw) implements Part {
    public Unsupported {
      providerType = providerType == null ? "" : providerType;
    }
  }
}
