package io.omnihub.channel.telegram;

import static io.omnihub.channel.telegram.TelegramSamples.ANN_ID;
import static io.omnihub.channel.telegram.TelegramSamples.json;
import static io.omnihub.channel.telegram.TelegramSamples.message;
import static io.omnihub.channel.telegram.TelegramSamples.update;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.omnihub.api.connector.Transcript;
import io.omnihub.api.model.Claim;
import io.omnihub.api.model.Identity;
import io.omnihub.api.model.InboundEvent;
import io.omnihub.api.model.InboundEvent.MessageEchoed;
import io.omnihub.api.model.InboundEvent.MessageReceived;
import io.omnihub.api.model.Part;
import io.omnihub.api.model.ProofLevel;
import io.omnihub.testkit.ManualClock;
import io.omnihub.testkit.harness.Samples;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TelegramInboundTest {
  private static final String BUSINESS = "'business_connection_id':'conn'";

  private final GroupPolicy.BotProfile bot = new GroupPolicy.BotProfile(4711);

  @Test
  void aTextIsAMessageOfItsSender() {
    MessageReceived event = received(message("{'text':'hi'}"));
    assertThat(event.key()).isEqualTo("message/42/7");
    assertThat(event.providerId()).isEqualTo("42:7");
    assertThat(event.sender()).isEqualTo(ANN_ID);
    assertThat(event.from().name()).isEqualTo("Ann Lee");
    assertThat(event.from().language()).isEqualTo("de");
    assertThat(event.address()).isEqualTo("42");
    assertThat(event.at()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
    assertThat(event.threading().key()).isEmpty();
    assertThat(event.automatic()).isFalse();
  }

  @Test
  void R03_theKeyIsTheMessagesNotTheUpdates() {
    ObjectNode again = update("message", message("{'text':'hi'}")).put("update_id", 2002);
    assertThat(events(again).getFirst().key())
        .isEqualTo(events(update("message", message("{'text':'hi'}"))).getFirst().key());
  }

  @Test
  void theSameNumberInAnotherChatIsAnotherMessage() {
    ObjectNode other = message("{'text':'hi','chat':{'id':43,'type':'private'}}");
    assertThat(received(other).key()).isNotEqualTo(received(message("{'text':'hi'}")).key());
  }

  @Test
  void idsMayBeLargerThan32Bits() {
    ObjectNode large =
        message(
            "{'text':'hi','message_id':9007199254740991,'from':{'id':4503599627370495},"
                + "'chat':{'id':4503599627370495,'type':'private'}}");
    assertThat(received(large).providerId()).isEqualTo("4503599627370495:9007199254740991");
  }

  @Test
  void whatIsSaidBesideTheContentIsKept() {
    MessageReceived event =
        received(
            message(
                "{'text':'hi','media_group_id':'g1','via_bot':{'id':5,'username':'gif'},"
                    + "'quote':{'text':'cited'},'reply_to_message':{'message_id':3},"
                    + "'forward_origin':{'type':'hidden_user','sender_user_name':'Bob'}}"));
    assertThat(event.replyTo()).isEqualTo("42:3");
    assertThat(event.attributes())
        .containsEntry("mediaGroupId", "g1")
        .containsEntry("viaBot", "gif")
        .containsEntry("quote", "cited")
        .containsKey("forwardOrigin");
  }

  @Test
  void onlyTopicsAreThreads() {
    assertThat(received(message("{'text':'a','message_thread_id':9}")).threading().key()).isEmpty();
    MessageReceived inTopic =
        received(
            message(
                "{'text':'a','message_thread_id':9,'is_topic_message':true,'reply_to_message':"
                    + "{'message_id':9,'forum_topic_created':{'name':'T'}}}"));
    assertThat(inTopic.threading().key()).isEqualTo("9");
    assertThat(inTopic.replyTo()).isEmpty();
  }

  @Test
  void aDeepLinkShowsItsPayload() {
    MessageReceived event = received(message("{'text':'/start abc_1-2'}"));
    assertThat(event.parts()).containsExactly(Part.Text.plain("/start abc_1-2"));
    assertThat(event.attributes()).containsEntry("startPayload", "abc_1-2");
    assertThat(received(message("{'text':'/start'}")).attributes()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "42, +49 (30) 1234567, +49301234567",
    "42, 8613800138000, +8613800138000",
    "43, +49301234567, ''",
    "42, 0301, ''",
  })
  void onlyTheSendersOwnContactIsAClaim(long userId, String phone, String claimed) {
    MessageReceived event =
        received(
            message(
                "{'contact':{'phone_number':'%s','first_name':'A','user_id':%d}}"
                    .formatted(phone, userId)));
    assertThat(event.parts()).hasSize(1).first().isInstanceOf(Part.ContactCard.class);
    List<Claim> expected =
        claimed.isEmpty()
            ? List.of()
            : List.of(new Claim(Identity.of("tel", claimed), ProofLevel.ASSERTED));
    assertThat(event.from().claims()).isEqualTo(expected);
  }

  @Test
  void anEditNamesItsMessage() {
    InboundEvent.MessageEdited first = edited("{'text':'one','edit_date':1767225700}");
    InboundEvent.MessageEdited second = edited("{'text':'two','edit_date':1767225700}");
    assertThat(first.target()).isEqualTo("42:7");
    assertThat(first.at()).isEqualTo(Instant.ofEpochSecond(1767225700));
    assertThat(first.key()).startsWith("edit/42/7/1767225700/").isNotEqualTo(second.key());
    assertThat(edited("{'text':'one','edit_date':1767225700}").key()).isEqualTo(first.key());
  }

  @Test
  void reactionsReplaceEarlierOnes() {
    InboundEvent.ReactionChanged event =
        (InboundEvent.ReactionChanged)
            only(
                update(
                    "message_reaction",
                    json(
                        "{'chat':{'id':42,'type':'private'},'message_id':7,'date':1767225600,"
                            + "'user':{'id':42},'old_reaction':[],'new_reaction':["
                            + "{'type':'emoji','emoji':'x'},"
                            + "{'type':'custom_emoji','custom_emoji_id':'99'},{'type':'paid'}]}")));
    assertThat(event.emojis()).containsExactly("x", "custom:99", "paid");
    assertThat(event.target()).isEqualTo("42:7");
    assertThat(event.key()).startsWith("reaction/42/7/42/1767225600/");
  }

  @ParameterizedTest
  @CsvSource({"kicked, false", "member, true"})
  void blockingIsReachability(String status, boolean reachable) {
    InboundEvent event = only(update("my_chat_member", membership("private", status)));
    assertThat(event)
        .isInstanceOfSatisfying(
            InboundEvent.ReachabilityChanged.class,
            changed -> {
              assertThat(changed.reachable()).isEqualTo(reachable);
              assertThat(changed.sender()).isEqualTo(ANN_ID);
            });
    assertThat(events(update("my_chat_member", membership("group", status)))).isEmpty();
  }

  @Test
  void R14_whatTheBusinessTypesItselfIsAnEcho() {
    String owner = "{'text':'by hand','from':{'id':1,'is_bot':false}," + BUSINESS + "}";
    InboundEvent event = only(update("business_message", message(owner)));
    assertThat(event)
        .isInstanceOfSatisfying(
            MessageEchoed.class,
            echo -> {
              assertThat(echo.sender()).isEqualTo(ANN_ID);
              assertThat(echo.address()).isEqualTo("conn/42");
              assertThat(echo.providerId()).isEqualTo("conn/42:7");
            });
    String bot = "{'text':'bot','sender_business_bot':{'id':4711}," + BUSINESS + "}";
    assertThat(only(update("business_message", message(bot)))).isInstanceOf(MessageEchoed.class);
  }

  @Test
  void aCustomerOfTheBusinessIsAnswereredThroughIt() {
    MessageReceived event =
        (MessageReceived)
            only(update("business_message", message("{'text':'a'," + BUSINESS + "}")));
    assertThat(event.address()).isEqualTo("conn/42");
    assertThat(event.key()).isEqualTo("message/conn/42/7");
  }

  @Test
  void R09_everyDeletedMessageIsToldByItself() {
    ObjectNode deleted =
        json("{" + BUSINESS + ",'chat':{'id':42,'type':'private'},'message_ids':[7,8]}");
    assertThat(events(update("deleted_business_messages", deleted)))
        .extracting(event -> ((InboundEvent.MessageDeleted) event).target())
        .containsExactly("conn/42:7", "conn/42:8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"channel_post", "poll", "inline_query", "chat_join_request"})
  void whatIsNoMessageToTheBotIsIgnored(String kind) {
    assertThat(events(update(kind, json("{'id':'1','chat':{'id':42}}")))).isEmpty();
  }

  @Test
  void messagesOfOtherBotsAreIgnored() {
    assertThat(events(update("message", message("{'text':'a','from':{'id':5,'is_bot':true}}"))))
        .isEmpty();
  }

  @Test
  void aKindOfTheFutureIsKeptIfSomebodyWroteIt() {
    ObjectNode whisper = message("{'whisper':'psst'}");
    MessageReceived event = (MessageReceived) only(update("whispered_message", whisper));
    assertThat(event.key()).isEqualTo("whispered_message/42/7");
    assertThat(event.parts()).containsExactly(new Part.Unsupported("whispered_message", whisper));
  }

  @Test
  void aMessageWithoutAuthorIsSetAside() {
    ObjectNode anonymous = message("{'text':'a'}");
    anonymous.remove("from");
    assertThat(only(update("message", anonymous))).isInstanceOf(InboundEvent.Unreadable.class);
  }

  @Test
  void aPressIsTheChoiceOfItsOption() {
    ObjectNode query = press("yes", "'message_id':9");
    MessageReceived event = (MessageReceived) only(update("callback_query", query));
    assertThat(event.key()).isEqualTo("callback/77");
    assertThat(event.parts()).containsExactly(new Part.Choice("yes", "Yes, please"));
    assertThat(event.replyTo()).isEqualTo("42:9");
    assertThat(event.address()).isEqualTo("42");
    assertThat(TelegramInbound.presses(update("callback_query", query))).containsExactly("77");
  }

  @Test
  void aPressUnderAMessageThatIsGoneIsStillAChoice() {
    ObjectNode query = json("{'id':'77','from':{'id':42},'data':'yes'}");
    MessageReceived event = (MessageReceived) only(update("callback_query", query));
    assertThat(event.parts()).containsExactly(new Part.Choice("yes", ""));
    assertThat(event.address()).isEqualTo("42");
  }

  private static ObjectNode press(String data, String messageFields) {
    return json(
        "{'id':'77','from':{'id':42,'first_name':'Ann'},'data':'%s','message':{%s,'date':1,"
                .formatted(data, messageFields)
            + "'chat':{'id':42,'type':'private'},'reply_markup':{'inline_keyboard':["
            + "[{'text':'No','callback_data':'no'}],"
            + "[{'text':'Yes, please','callback_data':'%s'}]]}}}".formatted(data));
  }

  private static ObjectNode membership(String chatType, String status) {
    return json(
        "{'chat':{'id':42,'type':'%s'},'from':{'id':42},'date':1767225600,".formatted(chatType)
            + "'new_chat_member':{'status':'%s','user':{'id':4711}}}".formatted(status));
  }

  private InboundEvent.MessageEdited edited(String fields) {
    return (InboundEvent.MessageEdited) only(update("edited_message", message(fields)));
  }

  private MessageReceived received(ObjectNode message) {
    return (MessageReceived) only(update("message", message));
  }

  private InboundEvent only(ObjectNode update) {
    assertThat(events(update)).hasSize(1);
    return events(update).getFirst();
  }

  private List<InboundEvent> events(ObjectNode update) {
    return new TelegramInbound(
            new GroupPolicy(GroupPolicy.Admission.MENTION, bot),
            new PressedOptions(new NoTranscript()),
            new ManualClock(Samples.NOON))
        .events(update);
  }

  /** Nothing was said yet. */
  private static final class NoTranscript implements Transcript {
    @Override
    public List<Entry> after(Identity sender, long position, int limit) {
      return List.of();
    }

    @Override
    public List<Entry> newest(Identity sender, int limit) {
      return List.of();
    }
  }
}
