package io.omnihub.channel.email;

import io.omnihub.api.model.Author;
import io.omnihub.api.model.Identity;
import io.omnihub.api.model.OutboundMessage;
import io.omnihub.api.model.Part;
import io.omnihub.testkit.harness.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Messages to Ann. */
final class Outbound {
  static final String CONVERSATION = "019a0000-0000-7000-8000-000000000001";

  private final Author.Kind author;
  private final List<Part> parts = new ArrayList<>();
  private String address = Provider.ANN;
  private String subject = "";
  private List<String> references = List.of();
  private String replyTo = "";

  private Outbound(Author.Kind author) {
    this.author = author;
  }

  static Outbound bot(String markdown) {
    return by(Author.Kind.BOT, markdown);
  }

  static Outbound by(Author.Kind author, String markdown) {
    return new Outbound(author).part(new Part.Text(markdown, Part.Format.MARKDOWN));
  }

  Outbound part(Part part) {
    parts.add(part);
    return this;
  }

  Outbound address(String to) {
    address = to;
    return this;
  }

  Outbound subject(String line) {
    subject = line;
    return this;
  }

  Outbound references(List<String> earlier, String answers) {
    references = earlier;
    replyTo = answers;
    return this;
  }

  OutboundMessage build() {
    OutboundMessage sample =
        Samples.outbound(Identity.of("email", Provider.ANN), address, replyTo, references, parts);
    return new OutboundMessage(
        sample.id(),
        sample.key(),
        CONVERSATION,
        sample.identity(),
        address,
        "",
        subject,
        new Author(author, "x", ""),
        parts,
        replyTo,
        references,
        Map.of(),
        sample.whole());
  }
}
