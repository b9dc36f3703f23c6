package io.omnihub.channel.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.omnihub.api.model.Part;
import io.omnihub.api.model.Part.MediaKind;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.telegram.telegrambots.meta.api.objects.message.Message;

class TelegramContentTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  static Stream<Arguments> kinds() {
    return Stream.of(
        Arguments.of("{'text':'hello'}", Part.Text.plain("hello")),
        Arguments.of(
            "{'photo':[{'file_id':'s','width':90,'height':60,'file_size':10},"
                + "{'file_id':'l','width':900,'height':600,'file_size':1000}],'caption':'look'}",
            new Part.Media(MediaKind.IMAGE, "fetch:l", "image/jpeg", 1000, "", "look")),
        Arguments.of(
            "{'document':{'file_id':'d','file_name':'a.pdf','mime_type':'application/pdf',"
                + "'file_size':5000000000}}",
            new Part.Media(
                MediaKind.FILE, "fetch:d", "application/pdf", 5_000_000_000L, "a.pdf", "")),
        Arguments.of(
            "{'audio':{'file_id':'a','duration':3,'title':'Song','mime_type':'audio/mpeg'}}",
            new Part.Media(MediaKind.AUDIO, "fetch:a", "audio/mpeg", 0, "Song", "")),
        Arguments.of(
            "{'voice':{'file_id':'v','duration':3}}",
            new Part.Media(MediaKind.VOICE, "fetch:v", "audio/ogg", 0, "", "")),
        Arguments.of(
            "{'video':{'file_id':'v','file_name':'m.mp4','mime_type':'video/mp4'}}",
            new Part.Media(MediaKind.VIDEO, "fetch:v", "video/mp4", 0, "m.mp4", "")),
        Arguments.of(
            "{'video_note':{'file_id':'n','length':240,'file_size':7}}",
            new Part.Media(MediaKind.VIDEO, "fetch:n", "video/mp4", 7, "", "")),
        Arguments.of(
            "{'animation':{'file_id':'g','mime_type':'video/mp4'},'document':{'file_id':'g'}}",
            new Part.Media(MediaKind.VIDEO, "fetch:g", "video/mp4", 0, "", "")),
        Arguments.of(
            "{'sticker':{'file_id':'st','is_animated':false,'is_video':false,'emoji':'x'}}",
            new Part.Media(MediaKind.STICKER, "fetch:st", "image/webp", 0, "", "")),
        Arguments.of(
            "{'sticker':{'file_id':'st','is_animated':true}}",
            new Part.Media(MediaKind.STICKER, "fetch:st", "application/x-tgsticker", 0, "", "")),
        Arguments.of(
            "{'contact':{'phone_number':'+49 30 1','first_name':'Ann','last_name':'Lee',"
                + "'vcard':'BEGIN:VCARD\\nEMAIL;TYPE=home:ann@example.com\\nEND:VCARD'}}",
            new Part.ContactCard("Ann Lee", List.of("+49 30 1"), List.of("ann@example.com"))),
        Arguments.of(
            "{'location':{'latitude':52.5,'longitude':13.4}}",
            new Part.Location(52.5, 13.4, "", "")),
        Arguments.of(
            "{'venue':{'location':{'latitude':52.5,'longitude':13.4},'title':'Cafe',"
                + "'address':'Street 1'},'location':{'latitude':52.5,'longitude':13.4}}",
            new Part.Location(52.5, 13.4, "Cafe", "Street 1")));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void knownContentBecomesItsPart(String fields, Part expected) {
    assertThat(parts(fields)).containsExactly(expected);
  }

  static Stream<String> fieldsOfTheLibrary() {
    return Arrays.stream(Message.class.getDeclaredFields())
        .map(field -> field.getAnnotation(JsonProperty.class))
        .filter(Objects::nonNull)
        .map(JsonProperty::value)
        .filter(name -> !TelegramContent.ABOUT.contains(name));
  }

  @ParameterizedTest
  @MethodSource("fieldsOfTheLibrary")
  void noKindOfMessageIsDropped(String field) {
    ObjectNode message = JSON.createObjectNode();
    message.putObject(field).put("something", "new");
    assertThat(TelegramContent.parts(message))
        .containsExactly(new Part.Unsupported(field, message.get(field)));
  }

  @ParameterizedTest
  @MethodSource("fieldsOfTheLibrary")
  void whatIsNotUnderstoodTakesNothingElseWithIt(String field) {
    if (field.equals("text")) {
      return;
    }
    ObjectNode message = JSON.createObjectNode().put("text", "hello");
    message.putArray(field).add("not what was expected");
    assertThat(TelegramContent.parts(message)).contains(Part.Text.plain("hello")).hasSize(2);
  }

  @Test
  void linksBehindWordsAreWrittenOut() {
    String message =
        "{'text':'\uD83D\uDE00 see here and https://b.example','entities':["
            + "{'type':'text_link','offset':7,'length':4,'url':'https://a.example/x'},"
            + "{'type':'bold','offset':3,'length':3},"
            + "{'type':'text_link','offset':16,'length':17,'url':'https://b.example'}]}";
    assertThat(parts(message))
        .containsExactly(
            Part.Text.plain("\uD83D\uDE00 see here (https://a.example/x) and https://b.example"));
  }

  @Test
  void aCaptionOfWhatIsNotUnderstoodIsKept() {
    assertThat(parts("{'paid_media':{'star_count':1},'caption':'look'}"))
        .hasSize(2)
        .contains(Part.Text.plain("look"));
  }

  @Test
  void aLivePhotoIsKeptBesideItsPhoto() {
    assertThat(parts("{'live_photo':{'file_id':'x'},'photo':[{'file_id':'p'}]}"))
        .hasSize(2)
        .anyMatch(part -> part instanceof Part.Media)
        .anyMatch(
            part -> part instanceof Part.Unsupported u && u.providerType().equals("live_photo"));
  }

  @Test
  void aMessageWithoutContentIsKeptWhole() {
    assertThat(parts("{'message_id':1}")).hasSize(1).first().isInstanceOf(Part.Unsupported.class);
  }

  @Test
  void aPlaceOutsideOfTheGlobeIsKeptAsItCame() {
    assertThat(parts("{'location':{'latitude':152.5,'longitude':13.4}}"))
        .first()
        .isInstanceOf(Part.Unsupported.class);
  }

  private static List<Part> parts(String fields) {
    return TelegramContent.parts(TelegramSamples.json(fields));
  }
}
