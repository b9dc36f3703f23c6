package io.omnihub.demo;

import io.omnihub.testkit.mail.MailSimulator;
import io.omnihub.testkit.mail.SimulatedMail;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the customers write and find in their mailboxes. Safe for all threads. */
final class MailSide {
  static final String SHOP = "support@shop.example";

  /** Under this name the simulated provider says whether a From is genuine. */
  static final String AUTHSERV_ID = "mail.shop.example";

  private final MailSimulator mail;
  private final Map<String, List<Letter>> threads = new LinkedHashMap<>();
  private final Map<String, SimulatedMail> newest = new LinkedHashMap<>();
  private final Set<String> known = new HashSet<>();

  MailSide(MailSimulator mail) {
    this.mail = mail;
  }

  /** A mail as it is shown; {@code number} counts those of one person from 1. */
  record Letter(int number, boolean mine, String subject, String text, String date) {}

  synchronized void write(Person person, String subject, String text) {
    String domain = person.email().substring(person.email().indexOf('@') + 1);
    String genuine = AUTHSERV_ID + "; dmarc=pass header.from=" + domain;
    SimulatedMail sent =
        mail.customerSends(
            person.email(), SHOP, subject, text, Map.of("Authentication-Results", genuine));
    collect(person);
    add(person, true, sent.subject(), text, sent.header("Date"));
  }

  /** Answers the newest mail; false when there is none. */
  synchronized boolean reply(Person person, String text) {
    collect(person);
    SimulatedMail last = newest.get(person.id());
    if (last == null) {
      return false;
    }
    SimulatedMail sent = mail.customerReplies(last, text);
    add(person, true, sent.subject(), text, sent.header("Date"));
    return true;
  }

  synchronized List<Letter> thread(Person person) {
    collect(person);
    return List.copyOf(threads.getOrDefault(person.id(), List.of()));
  }

  /** Takes over what has come since, so that it stands where it came. */
  private void collect(Person person) {
    for (SimulatedMail received : mail.mailsFor(person.email())) {
      if (known.add(person.id() + " " + received.messageId())) {
        newest.put(person.id(), received);
        add(person, false, received.subject(), received.text(), received.header("Date"));
      }
    }
  }

  private void add(Person person, boolean mine, String subject, String text, String date) {
    List<Letter> thread = threads.computeIfAbsent(person.id(), none -> new ArrayList<>());
    thread.add(new Letter(thread.size() + 1, mine, subject, text.strip(), date));
  }
}
