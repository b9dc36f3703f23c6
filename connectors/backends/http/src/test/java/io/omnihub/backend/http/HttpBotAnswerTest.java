package io.omnihub.backend.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.omnihub.api.model.Action;
import io.omnihub.api.model.Failure;
import io.omnihub.api.model.Identity;
import io.omnihub.api.model.Part;
import io.omnihub.api.model.TurnResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpBotAnswerTest {

  @Test
  void readsEveryActionOfTheContract() {
    TurnResult result =
        read(
            200,
            """
            { "actions": [
              { "type": "reply", "parts": [ { "type": "text", "text": "你好" } ], "account": "site" },
              { "type": "note", "text": "angry" },
              { "type": "handoff", "to": "desk", "reason": "asked", "summary": "wants a refund" },
              { "type": "handoff" },
              { "type": "close", "reason": "done" },
              { "type": "assign", "agent": "ann" },
              { "type": "tag", "add": ["vip"], "remove": [] },
              { "type": "set", "conversation": { "order": 889 }, "contact": { "vip": true } },
              { "type": "typing", "for": "5s" },
              { "type": "verify", "identity": "tel:+14155550100" } ], "debug": { "ms": 3 } }
            """);

    assertThat(result)
        .isEqualTo(
            new TurnResult.Answered(
                List.of(
                    new Action.Reply(List.of(Part.Text.plain("你好")), "site"),
                    new Action.Note("angry"),
                    new Action.Handoff("desk", "asked", "wants a refund"),
                    new Action.Handoff("", "", ""),
                    new Action.Close("done"),
                    new Action.Assign("ann"),
                    new Action.Tag(List.of("vip"), List.of()),
                    new Action.SetAttributes(Map.of("order", 889), Map.of("vip", true)),
                    new Action.Typing(Duration.ofSeconds(5)),
                    new Action.Verify(Identity.of("tel", "+14155550100")))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          'hi'                                                   | action 2: is not understood, expected an object
          null                                                   | action 2: is not understood, expected an object
          {}                                                     | action 2: type: is missing, expected a text
          {'type':7}                                             | action 2: type: is missing, expected a text
          {'type':'dance'}                                       | action 2: its type is unknown
          {'type':'reply'}                                       | action 2: a reply needs at least one part
          {'type':'reply','parts':[]}                            | action 2: a reply needs at least one part
          {'type':'reply','parts':'canary'}                      | action 2: parts: is not understood
          {'type':'reply','parts':[null]}                        | action 2: is not understood
          {'type':'reply','parts':[{'type':'text'}]}             | action 2: parts[0]: text is missing
          {'type':'reply','parts':[{'type':'text','text':5}]}    | action 2: parts[0].text: is not understood
          {'type':'reply','parts':[{'type':'text','text':'canary','format':'rtf'}]} | action 2: parts[0].format: is not understood
          {'type':'reply','parts':[{'type':'canary'}]}           | action 2: parts[0]: its type is unknown
          {'type':'reply','parts':[{'type':'location','latitude':91,'longitude':0}]} | action 2: parts[0]: location is outside of the globe
          {'type':'reply','parts':[{'type':'choices','options':[{}]}]} | action 2: parts[0].options[0]: an option needs a label
          {'type':'note','text':' '}                             | action 2: a note needs a text
          {'type':'note','text':true}                            | action 2: text: is not understood
          {'type':'assign'}                                      | action 2: assign needs an agent
          {'type':'handoff','to':['desk']}                       | action 2: to: is not understood
          {'type':'tag','add':'vip'}                             | action 2: add: is not understood
          {'type':'tag','add':[1]}                               | action 2: add[0]: is not understood
          {'type':'set','contact':[]}                            | action 2: contact: is not understood
          {'type':'typing','for':'canary'}                       | action 2: for: is not understood
          {'type':'verify'}                                      | action 2: verify needs an identity
          {'type':'verify','identity':'canary'}                  | action 2: identity: an identity is written scheme:value
          """)
  void refusesAllOfAnAnswerWithAnInvalidAction(String action, String problem) {
    String answer =
        "{'actions':[{'type':'close'},{'type':'close'},ACTION]}".replace("ACTION", action);

    TurnResult result = read(200, answer.replace('\'', '"'));

    assertThat(result).isEqualTo(failed(Failure.Code.PROTOCOL, problem));
    assertThat(problem).doesNotContain("canary");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "ok", "[]", "{}", "null", "{\"actions\":{}}", "{\"actions\":null}", "{} {}"})
  void refusesWhatIsNoAnswer(String body) {
    assertThat(read(200, body))
        .isInstanceOfSatisfying(
            TurnResult.Failed.class,
            failed -> assertThat(failed.failure().code()).isEqualTo(Failure.Code.PROTOCOL));
  }

  @Test
  void takesNothingToDoForAnAnswer() {
    assertThat(read(200, "{\"actions\":[]}")).isEqualTo(new TurnResult.Answered(List.of()));
    assertThat(read(204, "")).isEqualTo(new TurnResult.Answered(List.of()));
  }

  @Test
  void waitsForActionsThatComeLater() {
    assertThat(read(202, "")).isEqualTo(new TurnResult.Deferred());
    assertThat(read(202, "queued")).isEqualTo(new TurnResult.Deferred());
  }

  @ParameterizedTest
  @CsvSource({
    "301,PROTOCOL",
    "302,PROTOCOL",
    "400,PROTOCOL",
    "401,AUTH",
    "403,AUTH",
    "404,PROTOCOL",
    "408,TRANSIENT",
    "410,PROTOCOL",
    "422,PROTOCOL",
    "425,TRANSIENT",
    "429,TRANSIENT",
    "500,TRANSIENT",
    "502,TRANSIENT",
    "503,TRANSIENT",
    "504,TRANSIENT",
  })
  void mapsEveryStatus(int status, Failure.Code code) {
    assertThat(read(status, "{\"actions\":[]}")).isEqualTo(failed(code, "HTTP " + status));
  }

  private static TurnResult failed(Failure.Code code, String detail) {
    return new TurnResult.Failed(Failure.of(code, detail));
  }

  private static TurnResult read(int status, String body) {
    return HttpBotAnswer.read(status, body.getBytes(StandardCharsets.UTF_8));
  }
}
