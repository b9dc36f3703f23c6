package io.omnihub.channel.email.mime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Sorts the parts of a mail into what is read and what is attached. */
final class MailBody {
  private static final Set<String> READABLE = Set.of("text/plain", "text/html");

  /**
   * One stretch of text; of an alternative, both forms of it.
   *
   * @param plain null when there is only HTML
   * @param html null when there is only plain text
   */
  record Section(Entity plain, Entity html) {}

  private final List<Section> sections = new ArrayList<>();
  private final List<Entity> attachments = new ArrayList<>();

  private MailBody() {}

  static MailBody of(Entity mail) {
    MailBody body = new MailBody();
    body.visit(mail, true);
    return body;
  }

  List<Section> sections() {
    return sections;
  }

  List<Entity> attachments() {
    return attachments;
  }

  private void visit(Entity entity, boolean root) {
    if (entity.isMultipart()) {
      visitMultipart(entity);
    } else if (isText(entity, root)) {
      boolean html = entity.is("text/html");
      sections.add(new Section(html ? null : entity, html ? entity : null));
    } else {
      attachments.add(entity);
    }
  }

  private void visitMultipart(Entity entity) {
    if (!entity.is("multipart/alternative")) {
      entity.children().forEach(child -> visit(child, false));
      return;
    }
    Optional<Entity> plain = best(entity, "text/plain");
    Optional<Entity> html = best(entity, "text/html");
    if (plain.isPresent() || html.isPresent()) {
      sections.add(new Section(plain.orElse(null), html.orElse(null)));
    }
    entity
        .all()
        .filter(part -> !part.isMultipart())
        .filter(part -> !isText(part, false))
        .forEach(attachments::add);
  }

  private static Optional<Entity> best(Entity alternative, String mediaType) {
    return alternative
        .all()
        .filter(part -> !part.isMultipart() && part.is(mediaType) && isText(part, false))
        .filter(part -> part.body().length > 0 && !part.text().isBlank())
        .findFirst();
  }

  /** A text with a file name is a file, unless it is the whole mail. */
  private static boolean isText(Entity entity, boolean root) {
    boolean attached = entity.disposition().value().equals("attachment");
    boolean unsplit = entity.mediaType().startsWith("multipart/");
    return (READABLE.contains(entity.mediaType()) || unsplit)
        && !attached
        && (root || entity.fileName().isEmpty());
  }
}
