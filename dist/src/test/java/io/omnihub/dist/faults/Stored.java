package io.omnihub.dist.faults;

import java.util.List;

/** A message as the hub shows it. */
sealed interface Stored {

  Person who();

  /**
   * What the person said.
   *
   * @param word empty when it is none that anybody can have written
   * @param version how often it was edited
   */
  record Question(Person who, String word, int version) implements Stored {}

  /**
   * What went out to the person.
   *
   * @param words of the questions that it answers
   * @param status {@code queued}, {@code sent}, {@code uncertain} and so on
   */
  record Answer(Person who, List<String> words, String status) implements Stored {}
}
