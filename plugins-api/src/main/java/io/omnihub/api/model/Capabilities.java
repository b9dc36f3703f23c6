package io.omnihub.api.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * What a channel can carry. The hub fits every message to it before the connector sees it.
 *
 * @param grades how well each feature is supported; one that is not named is {@link Grade#FALLBACK}
 * @param media the kinds of media that it can send
 * @param maxTextLength in UTF-16 units, 0 for no limit
 * @param maxCaptionLength in UTF-16 units; a longer caption is sent as a text of its own
 * @param maxOptions how many options one message can show, 0 for no limit
 * @param maxMediaSize in bytes, 0 for no limit
 * @param formats the text formats that it shows; others are turned to plain text
 * @param singlePart true when one provider message carries one part: the hub then sends a message
 *     of three parts as three
 */
public record Capabilities(
    Map<Feature, Grade> grades,
    Set<Part.MediaKind> media,
    int maxTextLength,
    int maxCaptionLength,
    int maxOptions,
    long maxMediaSize,
    Set<Part.Format> formats,
    boolean singlePart) {

  public Capabilities {
    grades = Map.copyOf(grades);
    media = Set.copyOf(media);
    formats = Set.copyOf(formats);
  }

  public Grade grade(Feature feature) {
    return grades.getOrDefault(feature, Grade.FALLBACK);
  }

  public static Builder builder() {
    return new Builder();
  }

  /** What a channel may or may not be able to do. */
  public enum Feature {
    @JsonProperty("choices")
    CHOICES,
    @JsonProperty("location")
    LOCATION,
    @JsonProperty("contact")
    CONTACT,
    @JsonProperty("card")
    CARD,
    @JsonProperty("carousel")
    CAROUSEL,
    @JsonProperty("template")
    TEMPLATE,
    @JsonProperty("reply")
    REPLY,
    @JsonProperty("edit")
    EDIT,
    @JsonProperty("delete")
    DELETE,
    @JsonProperty("reaction")
    REACTION,
    @JsonProperty("typing")
    TYPING,
    @JsonProperty("receipts.delivered")
    RECEIPTS_DELIVERED,
    @JsonProperty("receipts.read")
    RECEIPTS_READ,
    /** A repeated send with the same {@link OutboundMessage#key()} is recognised by the peer. */
    @JsonProperty("idempotent-send")
    IDEMPOTENT_SEND
  }

  /** How well. */
  public enum Grade {
    /** A message with it is refused before it is sent. */
    REJECT(0),
    /** It is left out silently. */
    DROP(1),
    /** It is sent as something simpler. */
    FALLBACK(2),
    /** It works within limits. */
    PARTIAL(3),
    /** It works. */
    FULL(4);

    private final int level;

    Grade(int level) {
      this.level = level;
    }

    /** The number that JSON shows; more is better. */
    public int level() {
      return level;
    }
  }

  /** Collects capabilities; starts from plain text without limits. */
  public static final class Builder {
    private final Map<Feature, Grade> grades = new EnumMap<>(Feature.class);
    private final Set<Part.MediaKind> media = EnumSet.noneOf(Part.MediaKind.class);
    private final Set<Part.Format> formats = EnumSet.of(Part.Format.PLAIN);
    private int maxTextLength;
    private int maxCaptionLength;
    private int maxOptions;
    private long maxMediaSize;
    private boolean singlePart;

    private Builder() {}

    public Builder with(Feature feature, Grade grade) {
      grades.put(feature, grade);
      return this;
    }

    public Builder full(Feature... features) {
      for (Feature feature : features) {
        grades.put(feature, Grade.FULL);
      }
      return this;
    }

    public Builder media(Part.MediaKind... kinds) {
      media.addAll(Set.of(kinds));
      return this;
    }

    public Builder formats(Part.Format... more) {
      formats.addAll(Set.of(more));
      return this;
    }

    public Builder maxTextLength(int units) {
      maxTextLength = units;
      return this;
    }

    public Builder maxCaptionLength(int units) {
      maxCaptionLength = units;
      return this;
    }

    public Builder maxOptions(int options) {
      maxOptions = options;
      return this;
    }

    public Builder maxMediaSize(long bytes) {
      maxMediaSize = bytes;
      return this;
    }

    public Builder singlePart() {
      singlePart = true;
      return this;
    }

    public Capabilities build() {
      return new Capabilities(
          grades,
          media,
          maxTextLength,
          maxCaptionLength,
          maxOptions,
          maxMediaSize,
          formats,
          singlePart);
    }
  }
}
