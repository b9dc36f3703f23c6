package io.omnihub.dist.faults;

import io.omnihub.dist.faults.Finding.Kind;
import io.omnihub.dist.faults.Said.Ack;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the hub promises, as a judge of one history: what it said yes to stands once, in the order
 * of its sender, and is answered once, in the same order, or the answer is listed as uncertain or
 * failed; nothing else stands there or goes out.
 */
final class Model {
  private final Set<String> excused;
  private final List<Finding> findings = new ArrayList<>();
  private int accepted;
  private int answered;
  private int uncertain;

  private Model(Set<String> excused) {
    this.excused = excused;
  }

  /**
   * Judges.
   *
   * @param excused words of messages that need no answer
   */
  static Verdict judge(History history, Set<String> excused) {
    Model model = new Model(excused);
    Map<Person, List<Said>> said =
        history.said().stream().collect(Collectors.groupingBy(Said::who));
    Map<Person, List<Stored>> stored =
        history.stored().stream().collect(Collectors.groupingBy(Stored::who));
    Map<Person, List<Taken>> taken =
        history.taken().stream().collect(Collectors.groupingBy(Taken::who));
    Set<Person> all = new LinkedHashSet<>(said.keySet());
    all.addAll(stored.keySet());
    all.addAll(taken.keySet());
    for (Person who : all) {
      model.judge(
          who,
          said.getOrDefault(who, List.of()),
          stored.getOrDefault(who, List.of()),
          taken.getOrDefault(who, List.of()));
    }
    return new Verdict(model.findings, model.accepted, model.answered, model.uncertain);
  }

  private void judge(Person who, List<Said> said, List<Stored> stored, List<Taken> taken) {
    Speech speech = new Speech(said);
    accepted += speech.accepted().size();
    List<Stored.Question> questions = only(stored, Stored.Question.class);
    List<String> asked = questions.stream().map(Stored.Question::word).toList();
    judgeStored(who, speech, questions, asked);

    Map<String, List<String>> statuses = new HashMap<>();
    for (Stored.Answer answer : only(stored, Stored.Answer.class)) {
      for (String word : answer.words()) {
        statuses.computeIfAbsent(word, w -> new ArrayList<>()).add(answer.status());
      }
    }
    List<String> got = taken.stream().flatMap(message -> message.words().stream()).toList();
    for (String word : new LinkedHashSet<>(asked)) {
      judgeAnswer(who, word, statuses.getOrDefault(word, List.of()), count(got, word));
    }
    judgeTaken(who, taken, got, asked, statuses.keySet());
    condemn(Kind.ANSWER_OVERTAKEN, who, speech.overtaken(got));
  }

  private void judgeStored(
      Person who, Speech speech, List<Stored.Question> questions, List<String> asked) {
    Set<String> seen = new HashSet<>();
    for (Stored.Question question : questions) {
      if (!speech.mayStand(question.word())) {
        condemn(Kind.INVENTED, who, List.of(question.word()));
      } else if (!seen.add(question.word())) {
        condemn(Kind.STORED_TWICE, who, List.of(question.word()));
      } else if (!speech.mayShow(question.word(), question.version())) {
        condemn(Kind.EDIT_LOST, who, List.of(question.word()));
      }
    }
    condemn(Kind.LOST, who, speech.accepted().stream().filter(word -> !seen.contains(word)));
    condemn(Kind.OVERTAKEN, who, speech.overtaken(asked));
  }

  private void judgeAnswer(Person who, String word, List<String> statuses, long got) {
    if (got > 1) {
      condemn(Kind.SENT_TWICE, who, List.of(word));
    }
    if (got > 0) {
      answered++;
    }
    if (statuses.size() > 1) {
      condemn(Kind.ANSWERED_TWICE, who, List.of(word));
      return;
    }
    if (statuses.isEmpty()) {
      if (!excused.contains(word)) {
        condemn(Kind.UNANSWERED, who, List.of(word));
      }
      return;
    }
    switch (statuses.getFirst()) {
      case "queued" -> condemn(Kind.UNFINISHED, who, List.of(word));
      case "uncertain" -> uncertain++;
      case "failed" -> {
        uncertain++;
        if (got > 0) {
          condemn(Kind.SENT_ALTHOUGH_FAILED, who, List.of(word));
        }
      }
      default -> {
        if (got == 0) {
          condemn(Kind.ANSWER_LOST, who, List.of(word));
        }
      }
    }
  }

  private void judgeTaken(
      Person who, List<Taken> taken, List<String> got, List<String> asked, Set<String> answers) {
    Set<String> keys = new HashSet<>();
    for (Taken message : taken) {
      if (!message.key().isEmpty() && !keys.add(message.key())) {
        condemn(Kind.SENT_TWICE, who, message.words());
      }
    }
    condemn(
        Kind.INVENTED,
        who,
        got.stream().filter(word -> !asked.contains(word) || !answers.contains(word)).distinct());
  }

  private void condemn(Kind kind, Person who, List<String> words) {
    condemn(kind, who, words.stream());
  }

  private void condemn(Kind kind, Person who, Stream<String> words) {
    words.map(word -> new Finding(kind, who, word)).forEach(findings::add);
  }

  private static long count(List<String> words, String word) {
    return words.stream().filter(word::equals).count();
  }

  private static <T> List<T> only(List<Stored> stored, Class<T> kind) {
    return stored.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** What one person wrote. */
  private static final class Speech {
    private final Map<String, Integer> places = new HashMap<>();
    private final Set<String> accepted = new LinkedHashSet<>();
    private final Set<String> possible = new HashSet<>();
    private final Map<String, Integer> leastVersion = new HashMap<>();
    private final Map<String, Integer> mostVersion = new HashMap<>();

    Speech(List<Said> said) {
      for (Said one : said) {
        if (one.ack() == Ack.REFUSED) {
          continue;
        }
        places.putIfAbsent(one.word(), places.size());
        possible.add(one.word());
        mostVersion.merge(one.word(), one.version(), Math::max);
        if (one.ack() == Ack.TAKEN) {
          accepted.add(one.word());
          leastVersion.merge(one.word(), one.version(), Math::max);
        }
      }
    }

    Set<String> accepted() {
      return accepted;
    }

    boolean mayStand(String word) {
      return possible.contains(word);
    }

    boolean mayShow(String word, int version) {
      return version >= leastVersion.getOrDefault(word, 0) && version <= mostVersion.get(word);
    }

    /** Those that stand behind one that was said later. */
    List<String> overtaken(List<String> words) {
      List<String> found = new ArrayList<>();
      int last = -1;
      for (String word : new LinkedHashSet<>(words)) {
        int place = places.getOrDefault(word, last);
        if (place < last) {
          found.add(word);
        }
        last = Math.max(last, place);
      }
      return found;
    }
  }
}
