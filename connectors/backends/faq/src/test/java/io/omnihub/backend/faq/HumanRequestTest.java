package io.omnihub.backend.faq;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HumanRequestTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "human",
        "agent",
        "Agent!!!",
        "operator",
        "representative please",
        "human please",
        "Live agent",
        "real person please",
        "Customer service",
        "talk to a human",
        "I want to speak to a person",
        "Can I talk to someone?",
        "I'd like to speak with a representative",
        "can you connect me to an agent",
        "please transfer me to a real person",
        "Put me through to customer service",
        "transfer me to someone",
        "connect to agent",
        "can I be transferred to an agent",
        "I need a human",
        "get me an operator",
        "give me a real person",
        "I want a human agent now",
        "let me speak to your manager",
        "Is there someone I can talk to?",
        "is there a real person there",
        "any human available?",
        "I don't want to talk to a bot",
        "stop talking to me like this. I need an agent to help me",
        "a person, not a bot",
        "This is useless, let me chat with a live agent",
        "How can I contact customer support?",
        "could somebody from your team help? I would rather speak to someone",
      })
  void englishRequests(String text) {
    assertThat(HumanRequest.in(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "My travel agent booked the wrong date",
        "Are you a travel agent?",
        "Is this human hair?",
        "do you sell human hair wigs",
        "The tour operator cancelled",
        "I am not a robot, why does the captcha fail?",
        "am I talking to a human?",
        "I talked to an agent yesterday and nothing happened",
        "I don't want to talk to a human",
        "no need to talk to an agent, just tell me the price",
        "Someone stole my card",
        "I want to send a gift to someone",
        "Which cleaning agent do you recommend?",
        "I need a cleaning agent for leather",
        "two person tent",
        "how many people fit in it",
        "Does it come with a user manual for the operator panel",
        "Can I give the voucher to another person?",
        "the delivery person was rude",
        "Is one person enough to assemble it?",
        "customer service hours",
        "real leather or fake",
        "The support leg is broken",
        "Is live tracking available?",
        "Why was I charged for a transfer to someone?",
        "I want to return a toy robot",
        "Do you have an agent in Spain who repairs watches?",
        "my real name is wrong on the order",
        "Do I need to speak to a representative to change my pin?",
        "The money was transferred to someone else",
      })
  void englishWordsInAnotherSense(String text) {
    assertThat(HumanRequest.in(text)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "人工",
        "转人工",
        "转 人 工",
        "轉人工",
        "人工客服",
        "真人",
        "人工服务",
        "我要人工",
        "我要转人工！",
        "请帮我转人工客服，谢谢",
        "能不能转一下人工",
        "麻烦转接人工",
        "找客服",
        "我要找客服",
        "怎么联系客服",
        "帮我接一下在线客服",
        "客服在吗",
        "有人吗",
        "有没有人啊",
        "有真人吗",
        "有没有人工客服",
        "我想跟真人说话",
        "找个人来跟我沟通",
        "换个人来处理",
        "叫你们经理来",
        "我要找你们店长",
        "不想跟机器人聊",
        "不要机器人回复",
        "你听不懂，给我人工",
        "需要人工帮忙",
        "退款一直没到，转人工",
      })
  void chineseRequests(String text) {
    assertThat(HumanRequest.in(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "人工智能音箱多少钱",
        "安装要人工费吗",
        "人工成本太高了",
        "这是人工草坪吗",
        "人工养殖的还是野生的",
        "需要人工安装吗",
        "是人工缝制的吗",
        "要人工审核多久",
        "有真人秀周边吗",
        "有真人图吗",
        "是真人发做的假发吗",
        "有真人试穿吗",
        "客服说三天能到",
        "昨天客服告诉我可以退",
        "我已经联系客服了还没退款",
        "客服电话是多少",
        "人工客服几点上班",
        "人工服务时间",
        "有人用过这款吗",
        "我想买扫地机器人",
        "不想要扫地机器人了",
        "机器人玩具有货吗",
        "可以送给别人吗",
        "收货人写错了",
        "几个人用的帐篷",
        "换个颜色",
        "转账失败了",
        "怎么找回密码",
        "之前找客服改过地址",
        "客服态度真好",
        "人工湖边上的那家店",
      })
  void chineseWordsInAnotherSense(String text) {
    assertThat(HumanRequest.in(text)).isFalse();
  }

  @Test
  void longTextsAreLookedAtInTheirBeginning() {
    assertThat(HumanRequest.in("转人工。" + "啊".repeat(65_536))).isTrue();
    assertThat(HumanRequest.in("to a the your ".repeat(5_000))).isFalse();
    assertThat(HumanRequest.in("转一下下个位".repeat(10_000))).isFalse();
  }
}
