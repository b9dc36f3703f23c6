package io.omnihub.demo;

import io.omnihub.testkit.telegram.TelegramUser;
import java.util.List;
import java.util.Optional;

/**
 * A customer that the page plays.
 *
 * @param id the same for the shop, the partner and the page
 * @param language of the person, as a BCP 47 tag
 */
record Person(
    String id, String name, String language, String email, String phone, TelegramUser telegram) {

  static final List<Person> ALL =
      List.of(
          person("ann", "Ann", "en", "+14155550101", 70_001),
          person("lilei", "李雷", "zh", "+8613800138001", 70_002),
          person("xiaohong", "小红", "zh", "+8613800138002", 70_003));

  static Optional<Person> find(String id) {
    return ALL.stream().filter(person -> person.id().equals(id)).findFirst();
  }

  private static Person person(
      String id, String name, String language, String phone, long telegramId) {
    TelegramUser telegram = new TelegramUser(telegramId, name, "", id, language);
    return new Person(id, name, language, id + "@example.com", phone, telegram);
  }
}
