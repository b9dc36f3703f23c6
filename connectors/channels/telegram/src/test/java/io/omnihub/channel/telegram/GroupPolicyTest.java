package io.omnihub.channel.telegram;

import static io.omnihub.channel.telegram.TelegramSamples.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupPolicyTest {
  private final GroupPolicy.BotProfile bot = new GroupPolicy.BotProfile(4711);

  @BeforeEach
  void nameIsKnown() {
    bot.learn("Shop_Bot");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          chatter            | {'text':'hello'}                                                                                            | false
          mention            | {'text':'hi @shop_bot','entities':[{'type':'mention','offset':3,'length':9}]}                                | true
          mention of another | {'text':'hi @other_bo','entities':[{'type':'mention','offset':3,'length':9}]}                                | false
          name without mark  | {'text':'hi @shop_bot'}                                                                                      | false
          in a caption       | {'caption':'@shop_bot','caption_entities':[{'type':'mention','offset':0,'length':9}]}                        | true
          command            | {'text':'/help','entities':[{'type':'bot_command','offset':0,'length':5}]}                                   | true
          command to it      | {'text':'/help@Shop_Bot','entities':[{'type':'bot_command','offset':0,'length':14}]}                         | true
          command to another | {'text':'/help@othr_Bot','entities':[{'type':'bot_command','offset':0,'length':14}]}                         | false
          nameless mention   | {'text':'bot','entities':[{'type':'text_mention','offset':0,'length':3,'user':{'id':4711}}]}                 | true
          reply to it        | {'text':'yes','reply_to_message':{'message_id':1,'from':{'id':4711}}}                                        | true
          reply to another   | {'text':'yes','reply_to_message':{'message_id':1,'from':{'id':5}}}                                           | false
          broken entity      | {'text':'a','entities':[{'type':'mention','offset':-5,'length':900}]}                                        | false
          moved group        | {'migrate_to_chat_id':-1001}                                                                                 | true
          """)
  void mentionTakesWhatIsMeantForTheBot(String name, String fields, boolean taken) {
    assertThat(policy(GroupPolicy.Admission.MENTION).admits(inGroup(fields)))
        .as(name)
        .isEqualTo(taken);
    assertThat(policy(GroupPolicy.Admission.ALL).admits(inGroup(fields))).isTrue();
    assertThat(policy(GroupPolicy.Admission.IGNORE).admits(inGroup(fields))).isFalse();
  }

  @Test
  void privateChatsAreAlwaysTaken() {
    ObjectNode message = json("{'text':'hi','chat':{'id':42,'type':'private'}}");
    assertThat(policy(GroupPolicy.Admission.IGNORE).admits(message)).isTrue();
  }

  @Test
  void untilTheNameIsKnownAnyMentionMayBeMeant() {
    GroupPolicy policy =
        new GroupPolicy(GroupPolicy.Admission.MENTION, new GroupPolicy.BotProfile(4711));
    String mention = "{'text':'@some_bot','entities':[{'type':'mention','offset':0,'length':9}]}";
    assertThat(policy.admits(inGroup(mention))).isTrue();
    assertThat(policy.admits(inGroup("{'text':'hello'}"))).isFalse();
  }

  @Test
  void pressesAndReactionsFollowTheSetting() {
    ObjectNode group = inGroup("{}");
    assertThat(policy(GroupPolicy.Admission.MENTION).admitsPress(group)).isTrue();
    assertThat(policy(GroupPolicy.Admission.IGNORE).admitsPress(group)).isFalse();
    assertThat(policy(GroupPolicy.Admission.MENTION).admitsReaction(group)).isFalse();
    assertThat(policy(GroupPolicy.Admission.ALL).admitsReaction(group)).isTrue();
  }

  private GroupPolicy policy(GroupPolicy.Admission admission) {
    return new GroupPolicy(admission, bot);
  }

  private static ObjectNode inGroup(String fields) {
    ObjectNode message = json("{'chat':{'id':-100,'type':'supergroup','title':'G'}}");
    message.setAll(json(fields));
    return message;
  }
}
