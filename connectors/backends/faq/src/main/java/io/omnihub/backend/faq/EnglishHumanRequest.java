package io.omnihub.backend.faq;

import java.util.regex.Pattern;

/**
 * English ways to ask for a person. A word such as "agent" alone is no request ("my travel agent"):
 * it counts with a verb of asking for it, or as the whole message.
 */
final class EnglishHumanRequest {
  private static final String POLITE =
      "(?:(?:please|pls|plz|hi|hello|hey|ok|okay|now|thanks|thank you|no|yes|asap|just|right|urgent"
          + "|immediately|,|\\.) ?)*";

  private static final String DETERMINER =
      "(?:(?:a|an|the|your|some|any|one of your|an?other|one of the) )?";

  private static final String KIND =
      "(?:(?:real|live|actual|human|physical|proper|different|other|customer|client|support|service"
          + "|services|sales|care|help ?desk|call cent(?:er|re)|senior|available|tech|technical) )*";

  private static final String ROLE =
      "(?:humans?(?: beings?)?|agents?|representatives?|reps?|operators?|advis[eo]rs?|supervisor"
          + "|manager|specialist|staff(?: member)?|member of (?:staff|your team)|team member|employee)";

  private static final String TEAM =
      "(?:(?:customer|client|tech|technical|live) (?:service|services|support|care)"
          + "|support(?: team)?|help ?desk|call cent(?:er|re))";

  private static final String SOMEBODY =
      "(?:" + ROLE + "|" + TEAM + "|persons?|people|someone|somebody|anyone|anybody)\\b";

  /** What may follow a person who is asked for; anything else makes him part of something else. */
  private static final String END =
      "(?= ?(?:$|[.,]|please|pls|plz|now|asap|here|instead|not |to (?:help|talk|speak|assist|look|solve"
          + "|chat|handle|sort|call)|who |that can|about|for (?:this|help)|right|rather|on the (?:line|phone)"
          + "|and not|so |because|thanks|immediately|today|or i|urgently|ok|at once|quickly))";

  private static final String NOT_DENIED =
      "(?<!(?:don't|dont|not|never|without|already|no need to|rather than) (?:want |need |have |wish )?(?:to )?)"
          + "(?<!\\bi (?:did|was|have) )(?<!\\bdid i )(?<!when i )(?<!\\bdo i (?:need|have) to )";

  private static final String ME_TO =
      "(?: (?:me|this|it|us|over|directly|live|now|back|through|on|off|the|chat|call))*"
          + " (?:to|with|onto) "
          + DETERMINER
          + KIND;

  /** "speak to a human", "transfer me to someone", "put me through to your support". */
  private static final Pattern TALK =
      Pattern.compile(
          NOT_DENIED
              + "\\b(?:(?:speak|talk|chat|escalate|(?<!am i |was |been )(?:speaking|talking))"
              + ME_TO
              + SOMEBODY
              + "|(?:connect|transfer|put|patch|pass|hand|switch|forward|redirect|route|direct|refer) (?:me|us)"
              + ME_TO
              + SOMEBODY
              + "|(?:connect|transfer|switch|forward|redirect)(?:r?ed)?"
              + ME_TO
              + "(?:"
              + ROLE
              + "|"
              + TEAM
              + ")\\b)(?! (?:at the (?:shop|store|airport)|chat history|account))");

  /** "I want a human", "get me an agent", "give me a real person". */
  private static final Pattern GIVE =
      Pattern.compile(
          NOT_DENIED
              + "\\b(?:want|need|get|give|have|reach|contact|find|prefer|like|see|call|bring|send"
              + "|demand|request|require|ask for)"
              + "(?: (?:me|us|to (?:see|get|have|reach|contact)|hold of|in touch with|back|through|to))*"
              + " (?:"
              + DETERMINER
              + KIND
              + ROLE
              + "|"
              + DETERMINER
              + "(?:real|live|actual|human|physical) (?:persons?|people|being|assistance|help|support|contact)"
              + "|"
              + DETERMINER
              + "(?:person|customer (?:service|support|care)))\\b"
              + END);

  /** "is there a human I can talk to", "any real person available". */
  private static final Pattern THERE =
      Pattern.compile(
          "\\b(?:is there|are there|isn't there|any chance of|do you have) "
              + DETERMINER
              + KIND
              + SOMEBODY
              + " (?:there|here|available|around|online|(?:that |who |whom )?i can (?:speak|talk|chat)"
              + "|to (?:speak|talk|chat))"
              + "|^"
              + POLITE
              + "(?:is )?(?:any|a|some)(?: |(?=one|body))(?:(?:human|real|live) )*"
              + "(?:agents?|humans?|person|people|operator"
              + "|representative|one|body) (?:there|available|around|online)\\b");

  /** The whole message: "agent", "human please", "live chat". */
  private static final Pattern WHOLE =
      Pattern.compile(
          POLITE
              + "(?:a |an |the )?(?:"
              + KIND
              + ROLE
              + "|(?:real|live|actual|human) (?:persons?|people|chat|support|help)"
              + "|person please|"
              + TEAM
              + ") ?"
              + POLITE);

  /** "I don't want to talk to a bot". */
  private static final Pattern NO_BOT =
      Pattern.compile(
          "\\b(?:don't|dont|do not|not|stop|hate|tired of|sick of|no more)(?: (?:want|like|wish|going))?(?: to)?"
              + " (?:speak|speaking|talk|talking|chat|chatting|deal|dealing) (?:to|with) "
              + DETERMINER
              + "(?:this |these |stupid |dumb |damn |useless )*"
              + "(?:bots?|robots?|chat ?bots?|machines?|ai|computers?)\\b"
              + "|\\b(?:human|person|agent),? ?(?:and )?not (?:a |an |the |this |your )?"
              + "(?:bot|robot|chat ?bot|machine|ai|computer)\\b");

  private EnglishHumanRequest() {}

  /** Whether a text, in lower case, asks for a person. */
  static boolean in(String text) {
    String plain =
        text.replace('’', '\'')
            .replaceAll("[!?;:\\n.]+", " . ")
            .replaceAll("[^\\p{L}\\p{N}',.]+", " ")
            .replaceAll(" *, *", ", ")
            .replaceAll(" +", " ")
            .strip();
    return WHOLE.matcher(plain).matches()
        || TALK.matcher(plain).find()
        || GIVE.matcher(plain).find()
        || THERE.matcher(plain).find()
        || NO_BOT.matcher(plain).find();
  }
}
