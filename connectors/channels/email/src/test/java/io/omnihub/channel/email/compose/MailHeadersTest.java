package io.omnihub.channel.email.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Subjects and Message-IDs. */
class MailHeadersTest {

  @ParameterizedTest
  @CsvSource({
    "Where is it?,      '',      '',    true,  Re: Where is it?",
    "Where is it?,      '',      '',    false, Where is it?",
    "Re: Where is it?,  '',      '',    true,  Re: Where is it?",
    "AW: Wo ist es?,    '',      '',    true,  AW: Wo ist es?",
    "RE[2]: Where?,     '',      '',    true,  RE[2]: Where?",
    "回复：订单,          '',      '',    true,  回复：订单",
    "Fwd: Where?,       '',      '',    true,  Re: Fwd: Where?",
    "Reply wanted,      '',      '',    true,  Re: Reply wanted",
    "'',                Support, '',    true,  Re: Support",
    "'',                '',      de-AT, true,  Re: Ihre Nachricht",
    "'',                '',      xx,    true,  Re: Your message",
    "'',                '',      '',    false, Your message",
  })
  void subjects(String thread, String configured, String language, boolean answers, String line) {
    assertThat(Subjects.of(thread, configured, language, answers)).isEqualTo(line);
  }

  @Test
  void aSubjectIsOneLineOfBearableLength() {
    String subject = Subjects.of("a\r\nBcc: x@y.z\u0000\u2028" + "b".repeat(900), "", "", false);
    assertThat(subject).startsWith("a Bcc: x@y.z b").hasSize(500).doesNotContain("\n", "\r");
  }

  @Test
  void ownIdsFollowFromTheKeyAndAreUniqueBeyondTheAccount() {
    String id = MessageIds.own("acc", "m1/0", "example.com");
    assertThat(id).matches("<[0-9a-f-]{36}@example\\.com>");
    assertThat(MessageIds.own("acc", "m1/0", "example.com")).isEqualTo(id);
    assertThat(MessageIds.own("acc", "m1/1", "example.com")).isNotEqualTo(id);
    assertThat(MessageIds.own("other", "m1/0", "example.com")).isNotEqualTo(id);
  }

  @Test
  void referencesKeepTheFirstAndTheLastAndFold() {
    List<String> earlier = IntStream.range(0, 60).mapToObj(i -> "<" + i + "@a>").toList();
    List<String> kept = MessageIds.references(earlier, "<5@a>");
    assertThat(kept).hasSize(21).startsWith("<0@a>").endsWith("<59@a>", "<5@a>");
    assertThat(MessageIds.folded(kept).lines()).allMatch(line -> line.length() <= 78);
    assertThat(MessageIds.folded(kept).replaceAll("\\s+", " ")).isEqualTo(String.join(" ", kept));
  }

  @ParameterizedTest
  @CsvSource({
    "12/34",
    "no-brackets@a",
    "'<a@b> <c@d>'",
    "'<a b@c>'",
    "'<a@b>\r\nX: y'",
    "'<ü@b>'",
  })
  void whatIsNoMessageIdIsLeftOut(String id) {
    assertThat(MessageIds.references(List.of(id), id)).isEmpty();
  }
}
