package io.omnihub.channel.whatsapp;

import static io.omnihub.channel.whatsapp.WhatsAppSamples.ANN_ID;
import static io.omnihub.channel.whatsapp.WhatsAppSamples.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.omnihub.api.json.HubJson;
import io.omnihub.api.model.Failure.Code;
import io.omnihub.api.model.Part;
import io.omnihub.testkit.harness.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WhatsAppOutboundTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"type":"text","text":"hi"} | {"type":"text","text":{"body":"hi","preview_url":true}}
          {"type":"text","format":"markdown","text":"# T\\n**b** *i* ~~s~~ [l](https://e.example/) `**c**`"} | {"type":"text","text":{"body":"*T*\\n*b* _i_ ~s~ l (https://e.example/) `**c**`","preview_url":true}}
          {"type":"media","kind":"image","url":"https://e.example/a.png","mediaType":"image/png","caption":"c"} | {"type":"image","image":{"caption":"c","link":"https://e.example/a.png"}}
          {"type":"media","kind":"file","url":"https://e.example/a","mediaType":"application/pdf","name":"a.pdf"} | {"type":"document","document":{"filename":"a.pdf","link":"https://e.example/a"}}
          {"type":"media","kind":"voice","url":"https://e.example/a","mediaType":"audio/ogg; codecs=opus"} | {"type":"audio","audio":{"link":"https://e.example/a"}}
          {"type":"location","latitude":1,"longitude":2,"name":"Cafe","address":"Street"} | {"type":"location","location":{"latitude":1.0,"longitude":2.0,"name":"Cafe","address":"Street"}}
          {"type":"contact","name":"Bob","phones":["+491"],"emails":["b@e"]} | {"type":"contacts","contacts":[{"name":{"formatted_name":"Bob","first_name":"Bob"},"phones":[{"phone":"+491"}],"emails":[{"email":"b@e"}]}]}
          {"type":"template","name":"order","language":"en-US","parameters":["Ann","5"]} | {"type":"template","template":{"name":"order","language":{"code":"en_US"},"components":[{"type":"body","parameters":[{"type":"text","text":"Ann"},{"type":"text","text":"5"}]}]}}
          {"type":"template","name":"hello"} | {"type":"template","template":{"name":"hello","language":{"code":"de"}}}
          {"type":"choices","text":"Q","options":[{"id":"a","label":"A"},{"id":"b","label":"B"}]} | {"type":"interactive","interactive":{"type":"button","body":{"text":"Q"},"action":{"buttons":[{"type":"reply","reply":{"id":"a","title":"A"}},{"type":"reply","reply":{"id":"b","title":"B"}}]}}}
          {"type":"choices","text":"Q","style":"list","options":[{"id":"a","label":"A"}]} | {"type":"interactive","interactive":{"type":"list","body":{"text":"Q"},"action":{"button":"…","sections":[{"rows":[{"id":"a","title":"A"}]}]}}}
          {"type":"choices","text":"Q","options":[{"id":"a","label":"A longer label of an option"}]} | {"type":"interactive","interactive":{"type":"list","body":{"text":"Q"},"action":{"button":"…","sections":[{"rows":[{"id":"a","title":"A longer label of an op…","description":"A longer label of an option"}]}]}}}
          {"type":"choices","text":"Q","options":[{"label":"Open","url":"https://e.example/"}]} | {"type":"interactive","interactive":{"type":"cta_url","body":{"text":"Q"},"action":{"name":"cta_url","parameters":{"display_text":"Open","url":"https://e.example/"}}}}
          {"type":"choices","text":"Q","options":[{"label":"A"},{"label":"Open","url":"https://e.example/"}]} | {"type":"text","text":{"body":"Q\\n1. A\\n2. Open https://e.example/","preview_url":true}}
          {"type":"choices","options":[{"label":"Same"},{"id":"x","label":"Same"}]} | {"type":"text","text":{"body":"1. Same\\n2. Same","preview_url":true}}
          {"type":"choice","id":"a","label":"A"} | {"type":"text","text":{"body":"A","preview_url":true}}
          {"type":"card","title":"T","subtitle":"S"} | {"type":"text","text":{"body":"T\\nS","preview_url":true}}
          """)
  void everyPartBecomesItsRequest(String part, String request) {
    assertThat(requests(part(part)))
        .singleElement()
        .satisfies(one -> assertThat(content(one)).isEqualTo(json(request)));
  }

  @Test
  void moreThanThreeOptionsAreAList() {
    List<Part.Option> four =
        List.of("a", "b", "c", "d").stream().map(id -> Part.Option.of(id, id)).toList();
    WhatsAppRequest one = requests(new Part.Choices("Q", Part.Style.BUTTONS, four)).getFirst();
    assertThat(one.message().at("/interactive/type").asText()).isEqualTo("list");
    assertThat(one.message().at("/interactive/action/sections/0/rows")).hasSize(4);
  }

  @Test
  void anIdThatIsTooLongIsAnsweredByNumber() {
    Part.Option option = Part.Option.of("x".repeat(257), "A");
    WhatsAppRequest one =
        requests(new Part.Choices("Q", Part.Style.BUTTONS, List.of(option))).getFirst();
    assertThat(one.message().at("/text/body").asText()).isEqualTo("Q\n1. A");
  }

  @Test
  void aLongQuestionGoesBeforeItsButtons() {
    List<WhatsAppRequest> two =
        requests(
            new Part.Choices(
                "q".repeat(1025), Part.Style.BUTTONS, List.of(Part.Option.of("a", "A"))));
    assertThat(two).hasSize(2);
    assertThat(two.getFirst().message().at("/text/body").asText()).hasSize(1025);
    assertThat(two.getLast().message().at("/interactive/body/text").asText()).isEqualTo("…");
  }

  @Test
  void aCaptionThatCannotStandBelowIsATextOfItsOwn() {
    List<WhatsAppRequest> two =
        requests(
            new Part.Media(Part.MediaKind.VOICE, "/api/v1/attachments/1", "", 5, "", "listen"));
    assertThat(two).hasSize(2);
    assertThat(two.getFirst().upload()).isPresent();
    assertThat(two.getFirst().with("55").at("/audio/id").asText()).isEqualTo("55");
    assertThat(two.getLast().message().at("/text/body").asText()).isEqualTo("listen");
  }

  @Test
  void aTextIsCutBetweenCharacters() {
    List<WhatsAppRequest> two = requests(Part.Text.plain("x".repeat(4095) + "😀y"));
    assertThat(two)
        .extracting(one -> one.message().at("/text/body").asText().length())
        .containsExactly(4095, 3);
  }

  @ParameterizedTest
  @CsvSource({
    "491701234567, to, 491701234567, individual",
    "+491701234567, to, 491701234567, individual",
    "DE.4711, recipient, DE.4711, individual",
    "US.ENT.118157992128, recipient, US.ENT.118157992128, individual",
    "group/Y2FwaV9ncm91cDox, to, Y2FwaV9ncm91cDox, group",
  })
  void aRecipientIsANumberAUserOrAGroup(String address, String field, String value, String type) {
    ObjectNode request = Recipient.parse(address).orElseThrow().request();
    assertThat(request.path(field).asText()).isEqualTo(value);
    assertThat(request.path("recipient_type").asText()).isEqualTo(type);
    assertThat(request.path("messaging_product").asText()).isEqualTo("whatsapp");
  }

  @ParameterizedTest
  @CsvSource({"''", "ann@e.example", "0123456789", "12", "de.4711", "group/", "group/a b"})
  void otherAddressesAreNone(String address) {
    assertThat(Recipient.parse(address)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"type":"media","kind":"image","url":"/a/1","mediaType":"image/gif"}                     | image/gif
          {"type":"media","kind":"image","url":"/a/1","mediaType":"image/png","size":5242881}      | larger
          {"type":"media","kind":"video","url":"/a/1","mediaType":"video/webm"}                    | video/webm
          {"type":"media","kind":"audio","url":"/a/1","mediaType":"audio/flac"}                    | audio/flac
          {"type":"media","kind":"audio","url":"/a/1","mediaType":"audio/aac","size":16777217}     | larger
          {"type":"media","kind":"sticker","url":"/a/1","mediaType":"image/webp","size":512001}    | larger
          {"type":"media","kind":"file","url":"/a/1","mediaType":"application/zip"}                | application/zip
          {"type":"media","kind":"file","url":"/a/1","mediaType":"application/pdf","size":104857601} | larger
          """)
  void R44_whatWhatsAppDoesNotCarryIsRefusedBeforeItIsSent(String part, String words) {
    assertThat(plan(part(part)))
        .isInstanceOfSatisfying(
            WhatsAppOutbound.Plan.Impossible.class,
            no -> {
              assertThat(no.failure().code()).isEqualTo(Code.CONTENT_REJECTED);
              assertThat(no.failure().detail()).contains(words, "send a link");
            });
  }

  @Test
  void anEmptyMessageIsImpossible() {
    assertThat(plan(Part.Text.plain(" "))).isInstanceOf(WhatsAppOutbound.Plan.Impossible.class);
  }

  private static Part part(String json) {
    try {
      return HubJson.mapper().readValue(json, Part.class);
    } catch (JsonProcessingException e) {
      throw new AssertionError(json, e);
    }
  }

  private static WhatsAppOutbound.Plan plan(Part part) {
    Recipient ann = Recipient.parse("491701234567").orElseThrow();
    return WhatsAppOutbound.plan(Samples.outbound(ANN_ID, part), ann, "de");
  }

  private static List<WhatsAppRequest> requests(Part part) {
    return ((WhatsAppOutbound.Plan.Requests) plan(part)).requests();
  }

  /** Without what every request has. */
  private static ObjectNode content(WhatsAppRequest request) {
    return request
        .message()
        .deepCopy()
        .without(List.of("messaging_product", "recipient_type", "to", "biz_opaque_callback_data"));
  }
}
