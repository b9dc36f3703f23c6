package io.omnihub.backend.faq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.omnihub.api.model.Part;
import io.omnihub.backend.faq.Fixtures.Labelled;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the default threshold is worth on questions that people really asked. */
class RealQuestionsTest {
  private static final Logger LOG = LoggerFactory.getLogger(RealQuestionsTest.class);
  private static final double THRESHOLD = Double.parseDouble(FaqConfig.DEFAULT_THRESHOLD);
  private static final int PHRASINGS = 10;

  @Test
  void mostAnswersToBankCustomersAreRight() throws IOException {
    List<Labelled> asked = new ArrayList<>(Fixtures.banking());
    assertThat(asked.size()).isCloseTo(10_003, withinPercentage(1));
    Collections.shuffle(asked, new Random(77));
    Map<String, List<Labelled>> intents =
        asked.stream()
            .collect(Collectors.groupingBy(Labelled::intent, TreeMap::new, Collectors.toList()));
    KnowledgeIndex index = new KnowledgeIndex(knowledge(intents));
    List<Labelled> others = new ArrayList<>();
    intents.values().forEach(all -> others.addAll(all.subList(PHRASINGS, all.size())));
    Collections.shuffle(others, new Random(77));

    int answered = 0;
    int right = 0;
    for (Labelled question : others.subList(0, 1_000)) {
      List<Candidate> found = index.search(question.text());
      if (answers(found)) {
        answered++;
        right += found.getFirst().entry().id().equals(question.intent()) ? 1 : 0;
      }
    }
    LOG.info("banking77: answered {} of 1000, {} of them right", answered, right);
    assertThat(answered / 1_000.0).isGreaterThan(0.55);
    assertThat((double) right / answered).isGreaterThan(0.85);
  }

  @Test
  void touristsAreHandedOffByAShop() throws IOException {
    KnowledgeIndex index = new KnowledgeIndex(Fixtures.demo());
    List<String> asked = Fixtures.tourists();
    long answered = asked.stream().filter(text -> answers(index.search(text))).count();
    LOG.info("crosswoz: answered {} of {}", answered, asked.size());
    assertThat((double) answered / asked.size()).isLessThan(0.05);
  }

  @Test
  void hardlyAnybodyIsTakenToAskForAPerson() throws IOException {
    long bank = Fixtures.banking().stream().filter(row -> HumanRequest.in(row.text())).count();
    long tourists = Fixtures.tourists().stream().filter(HumanRequest::in).count();
    LOG.info("taken for requests for a person: {} in banking77, {} in crosswoz", bank, tourists);
    assertThat(bank).isLessThan(10);
    assertThat(tourists).isZero();
  }

  private static boolean answers(List<Candidate> found) {
    return !found.isEmpty() && found.getFirst().confidence() >= THRESHOLD;
  }

  private static Knowledge knowledge(Map<String, List<Labelled>> intents) {
    List<Knowledge.Entry> entries = new ArrayList<>();
    intents.forEach(
        (intent, all) ->
            entries.add(
                new Knowledge.Entry(
                    intent,
                    all.subList(0, PHRASINGS).stream().map(Labelled::text).toList(),
                    new LinkedHashMap<>(Map.of(Language.OTHER, intent)),
                    Part.Format.PLAIN,
                    Map.of(),
                    List.of())));
    return new Knowledge(entries);
  }
}
