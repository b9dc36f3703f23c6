package io.omnihub.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import io.omnihub.api.json.HubJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The customers' side, without a hub. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DemoApiTest {
  private Simulators simulators;
  private DemoApi api;

  @BeforeAll
  void start(@TempDir Path path) {
    simulators = new Simulators(DemoFolder.kept(path), DemoSecrets.draw(), 1);
    api = new DemoApi(simulators);
  }

  @AfterAll
  void stop() {
    simulators.close();
  }

  @Test
  void whatACustomerWritesOnTelegramWaitsForTheHub() throws IOException {
    int before = state().at("/waiting/telegram").asInt();
    api.telegram(bytes("{'person':'ann','text':'hello'}"));
    api.telegram(bytes("{'person':'ann','contact':true}"));
    assertThat(state().at("/people/ann/telegram").findValuesAsText("text"))
        .containsExactly("hello", "☎ +14155550101");
    assertThat(state().at("/waiting/telegram").asInt()).isEqualTo(before + 2);
  }

  @Test
  void aMailStandsInTheThreadOfItsWriter() throws IOException {
    api.email(bytes("{'person':'lilei','subject':'退货','text':'可以吗?'}"));
    JsonNode mail = state().at("/people/lilei/mail/0");
    assertThat(mail.path("subject").asText()).isEqualTo("退货");
    assertThat(mail.path("mine").asBoolean()).isTrue();
    assertThat(state().at("/people/ann/mail")).isEmpty();
  }

  @Test
  void aPartnersEventIsShownAsItIsSent() throws IOException {
    api.partner(bytes("{'person':'xiaohong','text':'多久能发货?'}"));
    JsonNode event = state().at("/people/xiaohong/partner/0/json");
    assertThat(event.at("/from/verified")).hasSize(2);
    assertThat(event.at("/parts/0/text").asText()).isEqualTo("多久能发货?");
  }

  @Test
  void anAnswerNeedsAMail() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> api.email(bytes("{'person':'ann','text':'x','reply':true}")))
        .withMessageContaining("no mail");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no json",
        "{}",
        "{'person':'nobody','text':'x'}",
        "{'person':'ann'}",
        "{'person':'ann','text':'  '}",
        "{'person':'ann','message':1,'button':0}"
      })
  void wrongRequestsAreRefused(String body) {
    assertThatIllegalArgumentException().isThrownBy(() -> api.telegram(bytes(body)));
  }

  private JsonNode state() throws IOException {
    return HubJson.mapper().readTree(api.state());
  }

  private static byte[] bytes(String json) {
    return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }
}
