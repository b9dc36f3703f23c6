package io.omnihub.backend.faq;

import io.omnihub.api.model.Action;
import io.omnihub.api.model.Conversation;
import io.omnihub.api.model.Part;
import io.omnihub.api.model.Turn;
import java.util.ArrayList;
import java.util.List;

/** Decides what to do with a turn: answer, be polite, or hand off. Safe for all threads. */
final class FaqBot {
  static final String LOW_CONFIDENCE = "low-confidence";
  static final String ASKED_FOR_HUMAN = "asked-for-human";
  static final String NO_TEXT = "no-text";

  private final FaqConfig config;
  private final KnowledgeSource knowledge;

  FaqBot(FaqConfig config, KnowledgeSource knowledge) {
    this.config = config;
    this.knowledge = knowledge;
  }

  List<Action> answer(Turn turn) {
    TurnWords words = TurnWords.of(turn);
    if (words.isEmpty()) {
      return handoff(NO_TEXT, words, knownLanguage(turn), List.of());
    }
    Language language = Language.of(words.joined());
    List<Candidate> candidates = knowledge.current().search(words.joined());
    if (words.texts().stream().anyMatch(HumanRequest::in)) {
      return handoff(ASKED_FOR_HUMAN, words, language, candidates);
    }
    if (!candidates.isEmpty() && candidates.getFirst().confidence() >= config.threshold()) {
      return reply(candidates.getFirst().entry(), language);
    }
    return switch (Courtesy.of(words.joined())) {
      case GREETING ->
          List.of(Action.Reply.text(or(config.greeting(), Phrases.greeting(language))));
      case THANKS -> List.of(Action.Reply.text(Phrases.thanks(language)));
      case NONE -> handoff(LOW_CONFIDENCE, words, language, candidates);
    };
  }

  private static List<Action> reply(Knowledge.Entry entry, Language language) {
    List<Part> parts = new ArrayList<>();
    parts.add(new Part.Text(entry.answer(language), entry.format()));
    List<Part.Option> options =
        entry.optionsFor(language).stream().map(label -> Part.Option.of(label, label)).toList();
    if (!options.isEmpty()) {
      parts.add(new Part.Choices(Phrases.followUps(language), Part.Style.REPLIES, options));
    }
    Action reply = new Action.Reply(parts, "");
    return entry.tags().isEmpty()
        ? List.of(reply)
        : List.of(reply, new Action.Tag(entry.tags(), List.of()));
  }

  private List<Action> handoff(
      String reason, TurnWords words, Language language, List<Candidate> candidates) {
    return List.of(
        Action.Reply.text(or(config.handoffMessage(), Phrases.handoff(language))),
        new Action.Handoff("", reason, HandoffSummary.of(words, language, candidates)));
  }

  /** The language of a person who said nothing in words. */
  private static Language knownLanguage(Turn turn) {
    Conversation conversation = turn.conversation();
    String tag = conversation.language();
    return Language.ofTag(tag == null || tag.isEmpty() ? turn.contact().language() : tag);
  }

  private static String or(String configured, String builtIn) {
    return configured.isEmpty() ? builtIn : configured;
  }
}
