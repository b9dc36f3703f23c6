package io.omnihub.backend.faq;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The matching, on the knowledge of a small shop. */
class DemoKnowledgeTest {
  private static final double THRESHOLD = Double.parseDouble(FaqConfig.DEFAULT_THRESHOLD);
  private static final Knowledge DEMO = Fixtures.demo();
  private static final KnowledgeIndex INDEX = new KnowledgeIndex(DEMO);

  @Test
  void everyQuestionFindsItsOwnEntry() {
    SoftAssertions softly = new SoftAssertions();
    for (Knowledge.Entry entry : DEMO.entries()) {
      for (String question : entry.questions()) {
        Candidate first = INDEX.search(question).getFirst();
        softly.assertThat(first.entry().id()).as(question).isEqualTo(entry.id());
        softly.assertThat(first.confidence()).as(question).isGreaterThan(0.99);
      }
    }
    softly.assertAll();
  }

  @Test
  void everyEntrySpeaksBothLanguages() {
    assertThat(DEMO.entries())
        .hasSizeGreaterThanOrEqualTo(25)
        .allSatisfy(
            entry -> {
              assertThat(entry.answers()).containsOnlyKeys(Language.ZH, Language.EN);
              assertThat(entry.questions().stream().map(Language::of).distinct())
                  .containsExactlyInAnyOrder(Language.ZH, Language.EN);
            });
  }

  @Test
  void everyOptionIsAQuestionOfAnEntry() {
    List<String> questions = DEMO.entries().stream().flatMap(e -> e.questions().stream()).toList();
    Stream<String> labels =
        DEMO.entries().stream().flatMap(e -> e.options().values().stream()).flatMap(List::stream);
    assertThat(labels).isNotEmpty().allMatch(questions::contains);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "请问你们家包邮吗？|free-shipping",
        "亲，这个有运费险吗|return-insurance",
        "我想开发票|invoice",
        "电子发票怎么下载啊|invoice",
        "请问七天无理由可以退吗|seven-days",
        "优惠券为什么用不了|coupons",
        "我的快递到哪里了呀|order-status",
        "你好，我想修改一下收货地址|change-address",
        "请问怎么申请价保呢|price-protection",
        "退款多久能到账？|refund",
        "我要取消订单|cancel-order",
        "忘记登录密码了怎么办|password",
        "什么时候能补货呢|out-of-stock",
        "可以用微信支付吗|payment",
        "你们是正品吗|authenticity",
        "积分怎么用呢|membership",
        "可以发顺丰快递吗|carrier",
        "我该选多大尺码|size",
        "how can i return my item|returns",
        "Hello, where's my order please?|order-status",
        "I would like to cancel my order|cancel-order",
        "i forgot the password|password",
        "do you ship for free?|free-shipping",
        "Hi! which payment methods do you accept|payment",
        "when will I get the refund|refund",
        "is there a size chart|size",
        "I need an invoice|invoice",
        "How do I redeem the coupon code?|coupons",
        "my parcel was damaged|damaged",
        "please delete my account|delete-account",
        "is it still under warranty|warranty",
        "Can I change the address of my delivery?|change-address",
      })
  void otherWordsFindTheEntry(String asked, String id) {
    Candidate first = INDEX.search(asked).getFirst();
    assertThat(first.entry().id()).isEqualTo(id);
    assertThat(first.confidence()).isGreaterThanOrEqualTo(THRESHOLD);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "明天北京天气怎么样",
        "帮我推荐一家好吃的火锅店",
        "你会唱歌吗",
        "股票今天涨了吗",
        "附近有什么景点",
        "帮我写一首诗",
        "What is the weather tomorrow?",
        "Tell me a joke",
        "who won the football match last night",
        "How do I cook rice?",
        "Can you recommend a restaurant nearby?",
        "what is the meaning of life",
      })
  void whatIsNotKnownIsNotAnswered(String asked) {
    List<Candidate> found = INDEX.search(asked);
    assertThat(found).allMatch(candidate -> candidate.confidence() < THRESHOLD);
  }
}
