package io.omnihub.dist.faults;

import java.util.List;

/**
 * A message that a provider has carried out: the person has it.
 *
 * @param key the hub's name of the message or piece, empty on a provider that is told none
 * @param words of the questions that it answers
 */
record Taken(Person who, String key, List<String> words) {}
