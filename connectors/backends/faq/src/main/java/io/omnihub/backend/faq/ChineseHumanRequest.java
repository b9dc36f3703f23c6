package io.omnihub.backend.faq;

import java.util.regex.Pattern;

/**
 * Chinese ways to ask for a person. 人工 also means "artificial" and "labour" (人工智能, 人工费), so what
 * follows it decides; who tells of an agent (客服说…) does not ask for one.
 */
final class ChineseHumanRequest {
  private static final String NOT_LABOUR =
      "(?!智能|智慧|费|成本|降|增雨|增雪|草|湖|岛|养|种|繁|皮|革|合成|关节|耳蜗|授精|受精|呼吸|心脏|晶|采|缝|制|打磨|搬|泳"
          + "|海|山|瀑|钻|宝石|珍珠|色素|香|甜|培|鉴|检|质检|包装|分拣|安装|审核|复核|景|做|编织|雕|绘|刺绣|写|标注|翻译"
          + "|计算|林|泪|血|骨|流产|孵|喂|驾驶|植|拆|组装|清洗|配送|上门|贵|多少钱|服务费)";

  private static final String NOT_SHOWN =
      "(?!秀|发|版|cs|图|照|试|上身|模特|实拍|实测|拍|漫|电影|出镜|效果|展示|玩|对战|演|视频|手办|大小|比例|评测)";

  private static final String PERSON = "(?:人工" + NOT_LABOUR + "|真人" + NOT_SHOWN + "|活人|真正的人)";

  private static final String STAFF =
      "(?:客服|坐席|座席|客服人员|工作人员|服务人员|店员|店长|经理|主管|领导)"
          + "(?!说|告诉|回复|答应|承诺|让我|的?电话|的?微信|的?邮箱|的?热线|的?号码|的?态度|的?时间|几点|时间|热线|系统|软件|中心在|聊天|记录|了|过|推荐|沟通过|沟通了|确认过)";

  private static final String LINK =
      "(?:一下子?|下|个|位|到|至|成|为|给|你们家?的?|我|我们|一个|一位|一名|在线|专门的?|人类|真实|正常|你家|贵公司|淘宝|平台|官方|售后|售前|其他|别的)*";

  private static final String NOT_BEFORE =
      "(?<!已经.{0,4})(?<!昨天.{0,4})(?<!刚才.{0,4})(?<!刚刚.{0,4})(?<!之前.{0,4})(?<!上次.{0,4})"
          + "(?<!前天.{0,4})(?<!不用)(?<!不要)(?<!不需要)(?<!无需)(?<!不必)";

  private static final Pattern TRANSFER =
      Pattern.compile(
          NOT_BEFORE
              + "(?:转|转接|接|接入|接通|找|叫|喊|换|换成|呼叫|呼唤|切|切换|联系|联络|连接|连线|请|派|要|来|需要|进入|给我|帮我|有没有)"
              + LINK
              + "(?:"
              + PERSON
              + "|"
              + STAFF
              + ")");

  private static final Pattern TALK =
      Pattern.compile(
          NOT_BEFORE
              + "(?:(?:跟|和|与|同|找|叫|换|让你们|让个|派)"
              + LINK
              + "(?:人|真人|活人|人类|工作人员|客服|店员|经理|客服人员|人工)"
              + "|(?<![\\p{L}\\p{N}])有人(?:能|可以))"
              + "(?:来)?(?:直接)?(?:跟我|和我|给我|与我)?(?:聊|说话|说一下|说说|谈|讲|沟通|对话|交流|帮我|处理|回我|回复我|接待|给我解决|解决|理我|服务|协助)"
              + "(?!过|了|天?记录|截图|的?内容)");

  private static final Pattern SERVED =
      Pattern.compile(
          "人工(?:客服|坐席|座席|服务|接听|台|在线|回复|咨询|通道|帮|协助|解答|处理|来)"
              + "(?!费|说|告诉|答应|承诺|的?时间|几点|什么时候|的?电话|的?态度|的?工资|招聘|昨天|上次|已经|过|收费|让)");

  private static final Pattern THERE =
      Pattern.compile(
          "有(?:没有)?(?:真人|活人|人工)(?:客服|服务)?(?:啊|吗|么|呢|在|,|$)"
              + "|(?:^|[,你好您])(?:请问)?(?:有人(?:在)?(?:吗|么|没|不)|有没有人(?:啊|吗|呢|在|理|管|,|$))"
              + "|客服(?:在吗|在么|在不在|呢|有人吗|在哪里?(?:,|$))");

  private static final Pattern WHOLE =
      Pattern.compile(
          "(?:你好|您好|请|麻烦|我要|我想|想要|要|需要|帮我|给我|直接|,)*"
              + "(?:转?人工|转?真人|转?客服|人工客服|真人客服|人工服务|在线客服|人工座席|人工坐席|转接|转人)"
              + "(?:谢谢|吧|啊|呢|在吗|在不在|在么|有吗|,|快|快点|请|一下|呀|来|来一下|出来|好吗|行吗|可以吗|服务|在线)*");

  private static final Pattern NO_BOT =
      Pattern.compile(
          "(?:不要|不想|别|拒绝|不跟|不和|讨厌)(?:再)?(?:要|跟|和|用|让|给我|同)?(?:你们|你这个|这个|这种|你|一个|个)?(?:的)?"
              + "(?:机器人|ai|自动回复|智能客服|机器)(?:回复|回答|说|聊|讲|客服|说话|,|$|了$|来)");

  private ChineseHumanRequest() {}

  /** Whether a text, in lower case, asks for a person. */
  static boolean in(String text) {
    String plain =
        text.replaceAll("\\s+", "")
            .replaceAll("[^\\p{L}\\p{N}]+", ",")
            .replace('轉', '转')
            .replace('換', '换')
            .replace('聯', '联')
            .replace('繫', '系')
            .replace('絡', '络')
            .replace('幫', '帮')
            .replace('沒', '没')
            .replace('機', '机')
            .replace('請', '请')
            .replace('說', '说')
            .replace('嗎', '吗')
            .replace('務', '务')
            .replace('線', '线');
    return WHOLE.matcher(plain).matches()
        || TRANSFER.matcher(plain).find()
        || TALK.matcher(plain).find()
        || SERVED.matcher(plain).find()
        || THERE.matcher(plain).find()
        || NO_BOT.matcher(plain).find();
  }
}
