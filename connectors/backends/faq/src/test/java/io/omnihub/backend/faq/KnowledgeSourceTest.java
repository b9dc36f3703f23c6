package io.omnihub.backend.faq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.omnihub.testkit.ManualClock;
import io.omnihub.testkit.harness.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class KnowledgeSourceTest {
  @TempDir Path folder;
  private final ManualClock clock = new ManualClock(Samples.NOON);
  private final Logger logger = (Logger) LoggerFactory.getLogger(KnowledgeSource.class);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @BeforeEach
  void listen() {
    log.start();
    logger.addAppender(log);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(log);
  }

  @Test
  void aChangedFileIsReadAgainAfterFiveSeconds() throws IOException {
    KnowledgeSource source = new KnowledgeSource(write("answer: old"), clock);
    write("answer: newer");
    clock.advance(Duration.ofSeconds(4));
    assertThat(answer(source)).isEqualTo("old");
    clock.advance(Duration.ofSeconds(1));
    assertThat(answer(source)).isEqualTo("newer");
  }

  @Test
  void anUnchangedFileIsNotReadAgain() throws IOException {
    KnowledgeSource source = new KnowledgeSource(write("answer: old"), clock);
    KnowledgeIndex first = source.current();
    clock.advance(Duration.ofMinutes(1));
    assertThat(source.current()).isSameAs(first);
  }

  @Test
  void aBrokenFileLeavesTheOldKnowledgeAndIsToldOnce() throws IOException {
    KnowledgeSource source = new KnowledgeSource(write("answer: old"), clock);
    write("colour: red");
    for (int look = 0; look < 3; look++) {
      clock.advance(Duration.ofSeconds(5));
      assertThat(answer(source)).isEqualTo("old");
    }
    assertThat(warnings())
        .singleElement()
        .asString()
        .contains("faq.yaml, line 3: unknown key colour");
    write("answer: repaired");
    clock.advance(Duration.ofSeconds(5));
    assertThat(answer(source)).isEqualTo("repaired");
  }

  @Test
  void aFileThatVanishesLeavesTheOldKnowledge() throws IOException {
    Path file = write("answer: old");
    KnowledgeSource source = new KnowledgeSource(file, clock);
    Files.delete(file);
    clock.advance(Duration.ofSeconds(5));
    assertThat(answer(source)).isEqualTo("old");
    assertThat(warnings()).hasSize(1);
  }

  @Test
  void aBrokenFileAtTheStartIsRefused() throws IOException {
    Path file = write("colour: red");
    assertThatIllegalArgumentException().isThrownBy(() -> new KnowledgeSource(file, clock));
  }

  private Path write(String line) throws IOException {
    Path file = folder.resolve("faq.yaml");
    return Files.writeString(
        file, "entries:\n  - questions: [What is the answer]\n    " + line + "\n");
  }

  private static String answer(KnowledgeSource source) {
    return source.current().search("what is the answer").getFirst().entry().answer(Language.EN);
  }

  private List<String> warnings() {
    return log.list.stream()
        .filter(event -> event.getLevel() == Level.WARN)
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }
}
