package io.omnihub.channel.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.omnihub.api.model.Claim;
import io.omnihub.api.model.DeliveryStatus;
import io.omnihub.api.model.Failure;
import io.omnihub.api.model.Identity;
import io.omnihub.api.model.InboundEvent;
import io.omnihub.api.model.Part;
import io.omnihub.api.model.ProofLevel;
import io.omnihub.channel.webhook.WebhookInbound.Reading;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookInboundTest {
  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
  private static final String PART = "{'type':'text','text':'hi'}";
  private static final Identity U42 = new Identity("webhook", "crm", "u42");

  @Test
  void readsTheMessageOfTheContract() {
    InboundEvent.MessageReceived message =
        (InboundEvent.MessageReceived)
            one(
                """
                { "id": "evt-1", "type": "message", "from": { "id": "u42", "name": "Li Lei",
                  "phone": "+86 138 0013 8000", "email": "li@example.com",
                  "verified": ["phone"], "external": { "crm": "4711" } }, "thread": "order-889",
                  "sentAt": "2026-05-01T10:00:00.000Z",
                  "parts": [ { "type": "text", "text": "你好" } ], "replyTo": "evt-0",
                  "attributes": { "order": "889", "items": [1, 2], "gone": null } }
                """);

    assertThat(message.key()).isEqualTo("message/evt-1");
    assertThat(message.providerId()).isEqualTo("evt-1");
    assertThat(message.sender()).isEqualTo(U42);
    assertThat(message.address()).isEqualTo("u42");
    assertThat(message.from().name()).isEqualTo("Li Lei");
    assertThat(message.from().claims())
        .containsExactly(
            new Claim(Identity.of("tel", "+8613800138000"), ProofLevel.SIGNED),
            new Claim(Identity.of("email", "li@example.com"), ProofLevel.CLAIMED),
            new Claim(new Identity("external", "crm", "4711"), ProofLevel.SIGNED));
    assertThat(message.threading().key()).isEqualTo("order-889");
    assertThat(message.at()).isEqualTo("2026-05-01T10:00:00Z");
    assertThat(message.parts()).containsExactly(Part.Text.plain("你好"));
    assertThat(message.replyTo()).isEqualTo("evt-0");
    assertThat(message.attributes())
        .containsOnly(entry("order", "889"), entry("items", List.of(1, 2)));
  }

  @Test
  void takesTheLeastThatAMessageNeeds() {
    InboundEvent.MessageReceived message = (InboundEvent.MessageReceived) one(quoted(message("1")));

    assertThat(message.at()).isEqualTo(NOW);
    assertThat(message.from().claims()).isEmpty();
    assertThat(message.threading().key()).isEmpty();
    assertThat(message.replyTo()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "+1 (415) 555-0100, +14155550100",
    "0138 0013 8000, 013800138000",
    "' +44 20 7946 0018 ', +442079460018",
  })
  void stripsNumbersAndLeavesTheCountryToTheHub(String typed, String value) {
    InboundEvent.MessageReceived message =
        (InboundEvent.MessageReceived)
            one(
                quoted(
                    "{'id':'1','type':'message','from':{'id':'u42','phone':'"
                        + typed
                        + "'},'parts':["
                        + PART
                        + "]}"));

    assertThat(message.from().claims())
        .containsExactly(new Claim(Identity.of("tel", value), ProofLevel.CLAIMED));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2026-05-01T12:00:00+02:00 | 2026-05-01T10:00:00Z
          2026-05-01T10:00:00.5Z    | 2026-05-01T10:00:00.500Z
          """)
  void readsTimesOfAnyOffset(String written, Instant at) {
    String event = "{'id':'1','type':'typing','from':{'id':'u42'},'sentAt':'" + written + "'}";

    assertThat(one(quoted(event)).at()).isEqualTo(at);
  }

  @Test
  void readsEveryOtherType() {
    assertThat(
            events(
                quoted(
                    """
                    [ {'id':'1','type':'edit','from':{'id':'u42'},'target':'m','parts':[%s]},
                      {'id':'2','type':'delete','from':{'id':'u42'},'messageId':'m'},
                      {'id':'3','type':'reaction','from':{'id':'u42'},'target':'m','emoji':'👍'},
                      {'id':'4','type':'reaction','from':{'id':'u42'},'target':'m','emojis':[]},
                      {'id':'5','type':'typing','from':{'id':'u42'}},
                      {'id':'6','type':'read','from':{'id':'u42'}} ]
                    """
                        .formatted(PART))))
        .containsExactly(
            new InboundEvent.MessageEdited("edit/1", U42, "m", NOW, List.of(Part.Text.plain("hi"))),
            new InboundEvent.MessageDeleted("delete/2", U42, "m", NOW),
            new InboundEvent.ReactionChanged("reaction/3", U42, "m", NOW, List.of("👍")),
            new InboundEvent.ReactionChanged("reaction/4", U42, "m", NOW, List.of()),
            new InboundEvent.TypingStarted("typing/5", U42, NOW),
            new InboundEvent.MessagesRead("read/6", U42, NOW));
  }

  @Test
  void readsReceiptsWithAndWithoutASender() {
    Identity lane = new Identity("webhook", "crm", "receipt:m");
    assertThat(
            events(
                quoted(
                    """
                    [ {'id':'1','type':'receipt','target':'m','status':'sent'},
                      {'id':'2','type':'receipt','target':'m','status':'delivered',
                       'from':{'id':'u42'}},
                      {'id':'3','type':'receipt','target':'m','status':'read','failure':null},
                      {'id':'4','type':'receipt','target':'m','status':'failed',
                       'failure':{'code':'recipient-blocked','detail':'opted out'}},
                      {'id':'5','type':'receipt','target':'m','status':'failed'} ]
                    """)))
        .containsExactly(
            receipt("receipt/1", lane, DeliveryStatus.SENT, null),
            receipt("receipt/2", U42, DeliveryStatus.DELIVERED, null),
            receipt("receipt/3", lane, DeliveryStatus.READ, null),
            receipt(
                "receipt/4",
                lane,
                DeliveryStatus.FAILED,
                Failure.of(Failure.Code.RECIPIENT_BLOCKED, "opted out")),
            receipt(
                "receipt/5", lane, DeliveryStatus.FAILED, Failure.of(Failure.Code.TRANSIENT, "")));
  }

  @Test
  void keepsPartsThatItDoesNotKnow() {
    List<Part> parts =
        ((InboundEvent.MessageReceived)
                one(
                    quoted(
                        """
                        {'id':'1','type':'message','from':{'id':'u42'},'parts':[
                          {'type':'hologram','depth':3},
                          {'type':'unsupported','providerType':'fax','raw':{'pages':2}},
                          {'type':'media','url':'https://cdn.example.com/a.png',
                           'mediaType':'image/png','caption':'look'},
                          {'type':'location','latitude':1.5,'longitude':2},
                          {'type':'choice','id':'yes'} ]}
                        """)))
            .parts();

    assertThat(parts).hasSize(5);
    Part.Unsupported hologram = (Part.Unsupported) parts.get(0);
    assertThat(hologram.providerType()).isEqualTo("hologram");
    assertThat(hologram.raw().get("depth").intValue()).isEqualTo(3);
    Part.Unsupported fax = (Part.Unsupported) parts.get(1);
    assertThat(fax.providerType()).isEqualTo("fax");
    assertThat(fax.raw().get("pages").intValue()).isEqualTo(2);
    assertThat(parts.get(2))
        .isEqualTo(
            new Part.Media(
                Part.MediaKind.IMAGE, "https://cdn.example.com/a.png", "image/png", 0, "", "look"));
    assertThat(parts.get(3)).isEqualTo(new Part.Location(1.5, 2, "", ""));
    assertThat(parts.get(4)).isEqualTo(new Part.Choice("yes", ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          5                                                                   | ~~              | an object
          {}                                                                  | type            | is missing
          {'type':'message'}                                                  | id              | is missing
          {'type':'message','id':7}                                           | id              | expected a text
          {'type':'message','id':' '}                                         | id              | is empty
          {'type':'wave','id':'1'}                                            | type            | is unknown
          {'type':'message','id':'1','parts':[PART]}                          | from            | is missing
          {'type':'message','id':'1','from':'u42','parts':[PART]}             | from            | an object
          {'type':'message','id':'1','from':{},'parts':[PART]}                | from.id         | is missing, expected a text
          {'type':'message','id':'1','from':{'id':42},'parts':[PART]}         | from.id         | expected a text
          {'type':'message','id':'1','from':{'id':'u','name':1},'parts':[PART]} | from.name     | expected a text
          {'type':'message','id':'1','from':{'id':'u','phone':'call me'},'parts':[PART]} | from.phone | a phone number
          {'type':'message','id':'1','from':{'id':'u','email':'me'},'parts':[PART]} | from.email | an e-mail address
          {'type':'message','id':'1','from':{'id':'u','verified':'phone'},'parts':[PART]} | from.verified | a list
          {'type':'message','id':'1','from':{'id':'u','verified':[1]},'parts':[PART]} | from.verified[0] | expected a text
          {'type':'message','id':'1','from':{'id':'u','external':{'crm':1}},'parts':[PART]} | from.external.crm | expected a text
          {'type':'message','id':'1','from':{'id':'u','external':{'a/b':'1'}},'parts':[PART]} | from.external.a/b | without '/'
          {'type':'message','id':'1','from':{'id':'u'}}                       | parts           | is missing
          {'type':'message','id':'1','from':{'id':'u'},'parts':[]}            | parts           | is empty
          {'type':'message','id':'1','from':{'id':'u'},'parts':'hi'}          | parts           | a list
          {'type':'message','id':'1','from':{'id':'u'},'parts':['hi']}        | parts[0]        | an object
          {'type':'message','id':'1','from':{'id':'u'},'parts':[PART,{}]}     | parts[1].type   | is missing
          {'type':'message','id':'1','from':{'id':'u'},'parts':[{'type':'text'}]} | parts[0]    | text is missing
          {'type':'message','id':'1','from':{'id':'u'},'parts':[{'type':'media','url':'file:///etc/passwd'}]} | parts[0].url | http
          {'type':'message','id':'1','from':{'id':'u'},'parts':[{'type':'media','url':'fetch:1'}]} | parts[0].url | http
          {'type':'message','id':'1','from':{'id':'u'},'parts':[{'type':'media','url':'/api/v1/attachments/1'}]} | parts[0].url | http
          {'type':'message','id':'1','from':{'id':'u'},'parts':[{'type':'card','imageUrl':'x y'}]} | parts[0].imageUrl | http
          {'type':'message','id':'1','from':{'id':'u'},'parts':[{'type':'media','url':'https://a.b','kind':'smell'}]} | parts[0].kind | not understood
          {'type':'message','id':'1','from':{'id':'u'},'parts':[{'type':'location','latitude':91,'longitude':0}]} | parts[0] | globe
          {'type':'message','id':'1','from':{'id':'u'},'parts':[{'type':'choices','options':[{'label':''}]}]} | parts[0].options[0] | label
          {'type':'message','id':'1','from':{'id':'u'},'parts':[PART],'sentAt':'yesterday'} | sentAt | a time
          {'type':'message','id':'1','from':{'id':'u'},'parts':[PART],'sentAt':1777629600} | sentAt | expected a text
          {'type':'message','id':'1','from':{'id':'u'},'parts':[PART],'thread':9} | thread       | expected a text
          {'type':'message','id':'1','from':{'id':'u'},'parts':[PART],'attributes':[]} | attributes | an object
          {'type':'edit','id':'1','from':{'id':'u'},'parts':[PART]}           | target          | is missing
          {'type':'edit','id':'1','from':{'id':'u'},'target':'m'}             | parts           | is missing
          {'type':'delete','id':'1','from':{'id':'u'}}                        | target          | is missing
          {'type':'reaction','id':'1','from':{'id':'u'},'target':'m'}         | emojis          | is missing
          {'type':'receipt','id':'1','status':'read'}                         | target          | is missing
          {'type':'receipt','id':'1','target':'m'}                            | status          | is missing
          {'type':'receipt','id':'1','target':'m','status':'lost'}            | status          | is unknown
          {'type':'receipt','id':'1','target':'m','status':'failed','failure':{'code':'bad'}} | failure.code | is unknown
          {'type':'typing','id':'1'}                                          | from            | is missing
          {'type':'read','id':'1'}                                            | from            | is missing
          """)
  void namesTheFieldOfAMalformedEvent(String event, String field, String problem) {
    String good = message("good");
    String body = "[" + good + "," + event.replace("PART", PART) + "]";

    assertThat(read(quoted(body)))
        .isInstanceOfSatisfying(
            Reading.Malformed.class,
            malformed -> {
              assertThat(malformed.index()).isEqualTo(1);
              assertThat(malformed.field()).isEqualTo(field);
              assertThat(malformed.problem()).contains(problem);
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{", "[{}] x", "not json", "{\"id\":\"1\",\"id\":\"2\"}"})
  void refusesWhatAreNoEvents(String body) {
    assertThat(read(body)).isInstanceOf(Reading.NotEvents.class);
  }

  @Test
  void refusesIdsThatNoKeyCanHold() {
    assertThat(read(quoted(message("x".repeat(201)))))
        .isEqualTo(new Reading.Malformed(0, "id", "is longer than 200 characters"));
    assertThat(events(quoted(message("x".repeat(200)))))
        .allSatisfy(event -> assertThat(event.key()).hasSizeLessThan(255));
  }

  @Test
  void R09_everyElementOfABatchIsHandled() {
    assertThat(events(quoted(batch(500)))).hasSize(500);
    assertThat(read(quoted(batch(501)))).isInstanceOf(Reading.NotEvents.class);
  }

  private static String batch(int size) {
    return Collections.nCopies(size, message("same")).toString();
  }

  private static InboundEvent receipt(
      String key, Identity sender, DeliveryStatus status, Failure failure) {
    return new InboundEvent.ReceiptReceived(key, sender, List.of("m"), status, NOW, failure);
  }

  private static String message(String id) {
    return "{'id':'" + id + "','type':'message','from':{'id':'u42'},'parts':[" + PART + "]}";
  }

  private static String quoted(String json) {
    return json.replace('\'', '"');
  }

  private static InboundEvent one(String body) {
    List<InboundEvent> events = events(body);
    assertThat(events).hasSize(1);
    return events.getFirst();
  }

  private static List<InboundEvent> events(String body) {
    return switch (read(body)) {
      case Reading.Events reading -> reading.events();
      case Reading.Malformed malformed -> throw new AssertionError(malformed);
      case Reading.NotEvents notEvents -> throw new AssertionError(notEvents);
    };
  }

  private static Reading read(String body) {
    return new WebhookInbound("crm").read(body.getBytes(StandardCharsets.UTF_8), NOW);
  }
}
