package io.omnihub.backend.faq;

/** The few sentences that the bot says by itself. */
final class Phrases {
  private Phrases() {}

  static String greeting(Language language) {
    return switch (language) {
      case ZH -> "您好！请问有什么可以帮您？";
      case EN, OTHER -> "Hello! How can I help you?";
    };
  }

  static String thanks(Language language) {
    return switch (language) {
      case ZH -> "不客气！";
      case EN, OTHER -> "You're welcome!";
    };
  }

  static String handoff(Language language) {
    return switch (language) {
      case ZH -> "正在为您转接同事，请稍候。";
      case EN, OTHER -> "One moment, I'll pass you on to a colleague.";
    };
  }

  /** Stands above the options for further questions. */
  static String followUps(Language language) {
    return switch (language) {
      case ZH -> "您可能还想问：";
      case EN, OTHER -> "You may also want to ask:";
    };
  }
}
