package io.omnihub.backend.faq;

/**
 * An entry that may answer a question.
 *
 * @param question the phrasing of the entry that is nearest to what was asked
 * @param confidence 0 to 1
 */
record Candidate(Knowledge.Entry entry, String question, double confidence) {}
