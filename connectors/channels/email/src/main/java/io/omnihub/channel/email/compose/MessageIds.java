package io.omnihub.channel.email.compose;

import jakarta.mail.internet.MimeUtility;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.UUID;
import java.util.regex.Pattern;

/** Message-IDs: our own, and those of a thread (RFC 5322, section 3.6.4). */
final class MessageIds {
  private static final Pattern WELL_FORMED = Pattern.compile("<[\\x21-\\x7e&&[^<>]]{1,250}>");

  /** The first one names the thread; the last ones are what other mails refer to. */
  private static final int LAST = 20;

  private MessageIds() {}

  /** The same for every attempt to send a piece, so that a repeated mail is known as the same. */
  static String own(String account, String key, String domain) {
    byte[] name = (account + "\n" + key).getBytes(StandardCharsets.UTF_8);
    return "<" + UUID.nameUUIDFromBytes(name) + "@" + domain + ">";
  }

  /** What the mail refers to, oldest first, the one that it answers last. */
  static List<String> references(List<String> earlier, String replyTo) {
    SequencedSet<String> ids = new LinkedHashSet<>();
    for (String id : earlier) {
      if (WELL_FORMED.matcher(id).matches()) {
        ids.add(id);
      }
    }
    if (WELL_FORMED.matcher(replyTo).matches()) {
      ids.remove(replyTo);
      ids.add(replyTo);
    }
    List<String> all = new ArrayList<>(ids);
    if (all.size() > LAST + 1) {
      all.subList(1, all.size() - LAST).clear();
    }
    return List.copyOf(all);
  }

  /** As the value of a {@code References} field. */
  static String folded(List<String> ids) {
    return MimeUtility.fold("References: ".length(), String.join(" ", ids));
  }
}
