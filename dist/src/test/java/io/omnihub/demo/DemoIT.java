package io.omnihub.demo;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Plays the customers and the agent on the page of the packaged demo. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DemoIT {
  private static final String ANSWER = "Orders placed before 16:00";

  private Chromium chromium;
  private DemoProcess demo;
  private BrowserContext context;
  private Page page;
  private final List<String> problems = new ArrayList<>();

  @BeforeAll
  void start() throws Exception {
    chromium = new Chromium();
    demo = DemoProcess.start();
    PlaywrightAssertions.setDefaultAssertionTimeout(20_000);
  }

  @AfterAll
  void end() {
    if (demo != null) {
      demo.close();
    }
    if (chromium != null) {
      chromium.close();
    }
  }

  @BeforeEach
  void open() throws Exception {
    context = chromium.browser().newContext();
    page = context.newPage();
    page.onPageError(problems::add);
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            problems.add(message.text());
          }
        });
    page.navigate(demo.url() + "/demo");
    assertThat(page.locator("#live")).hasText("live");
  }

  @AfterEach
  void close() {
    context.close();
    Assertions.assertThat(problems).as("what the browser complained about").isEmpty();
  }

  @Test
  void webChatIsAnsweredByTheBotAndThenByAnAgentAndOutlivesAReload() {
    writeOnWebChat("How long does delivery take?");
    assertThat(answersOnWebChat().filter(having(ANSWER))).hasCount(1);

    writeOnWebChat("I want to talk to a human");
    conversation("Ann");
    assertThat(page.locator("#owner")).containsText("waits for an agent");
    page.locator("[data-act=take]").click();
    assertThat(page.locator("#owner")).containsText("agent mia");
    page.getByLabel("Answer as agent").fill("Mia here, what can I do?");
    page.getByText("Answer", new Page.GetByTextOptions().setExact(true)).click();
    assertThat(answersOnWebChat().last()).containsText("Mia here, what can I do?");
    assertThat(page.locator("#timeline .entry").last().locator(".state")).containsText("read");

    page.reload();
    assertThat(answersOnWebChat().filter(having(ANSWER))).hasCount(1);
    assertThat(answersOnWebChat().last()).containsText("Mia here, what can I do?");
  }

  @Test
  void telegramIsAnsweredAndItsButtonsWork() {
    Locator column = page.locator("#telegram");
    column.getByLabel("Message on Telegram").fill("多久能发货?");
    column.getByText("Send", new Locator.GetByTextOptions().setExact(true)).click();
    Locator answers = column.locator(".bubble:not(.mine)");
    assertThat(answers.filter(having("当天发货"))).hasCount(1);
    column.locator(".keys button").first().click();
    conversation("李雷");
    assertThat(page.locator("#timeline .entry.inbound").last()).containsText("☑");
  }

  @Test
  void mailIsAnsweredInTheMailbox() {
    Locator column = page.locator("#mail");
    column.locator("select").selectOption("xiaohong");
    column.getByLabel("Subject").fill("退货");
    column.getByLabel("Mail", new Locator.GetByLabelOptions().setExact(true)).fill("可以退货吗?");
    column.getByText("Send new").click();
    assertThat(column.locator(".letter:not(.mine)")).hasCount(1);
    assertThat(column.getByText("Reply", new Locator.GetByTextOptions().setExact(true)))
        .isEnabled();
  }

  @Test
  void partnerIsAnsweredAtItsCallback() {
    Locator column = page.locator("#partner");
    column.locator("select").selectOption("xiaohong");
    column.getByLabel("Message through the partner").fill("多久能发货?");
    column.getByText("Post", new Locator.GetByTextOptions().setExact(true)).click();
    assertThat(column.locator(".request.mine summary")).containsText("202");
    assertThat(column.locator(".request:not(.mine)").filter(having("当天发货"))).not().hasCount(0);
    conversation("小红");
    assertThat(page.locator("#identities")).containsText("webhook:partner/xiaohong");
    assertThat(page.locator("#identities")).containsText("email:xiaohong@example.com");
  }

  @Test
  void aCutLineLeavesAMessageUncertainUntilSomebodySaysWhatIsTrue() {
    page.locator("#telegram select").selectOption("ann");
    page.getByLabel("Which simulator").selectOption("telegram");
    page.getByLabel("What goes wrong").selectOption("cut-after");
    page.getByText("Every fifth time").click();
    assertThat(page.locator("#mischief-now")).containsText("telegram: cut-after 20 %");
    page.locator("#mischief").getByText("Stop").click();
    assertThat(page.locator("#mischief-now")).containsText("behave");

    page.getByText("The next time").click();
    assertThat(page.locator("#toast")).containsText("cuts the line");
    page.locator("#telegram .chips button").first().click();
    assertThat(page.locator("#telegram .bubble:not(.mine)")).hasCount(1);
    Locator uncertain = page.locator("#timeline .state.uncertain");
    assertThat(uncertain).hasCount(1);
    page.locator("#timeline")
        .getByText("It was sent", new Locator.GetByTextOptions().setExact(true))
        .click();
    assertThat(uncertain).hasCount(0);
  }

  @Test
  void thePageHoldsNoKey() {
    String source = page.content() + page.evaluate("() => JSON.stringify(localStorage)");
    Assertions.assertThat(source).doesNotContain("demo_").doesNotContain("Bearer");
  }

  private void writeOnWebChat(String text) {
    Locator field = widget().getByRole(AriaRole.TEXTBOX);
    field.fill(text);
    field.press("Enter");
  }

  private Locator answersOnWebChat() {
    return widget().locator(".m:not(.mine)");
  }

  private FrameLocator widget() {
    return page.frameLocator("#chat iframe");
  }

  private void conversation(String name) {
    page.locator("#conversations button").filter(having(name)).first().click();
    assertThat(page.locator("#person")).hasText(name);
  }

  private static Locator.FilterOptions having(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }
}
