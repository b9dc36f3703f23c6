package io.omnihub.channel.webchat;

import static org.assertj.core.api.Assertions.assertThat;

import io.omnihub.api.connector.WebSurface;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be said of the widget without a browser; what it does is tested in the distribution. */
final class WidgetScriptTest {
  private final byte[] script = script();

  @Test
  void itIsSmall() {
    assertThat(script).hasSizeLessThan(30 * 1024);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "new Function",
        "document.cookie",
        "srcdoc",
        "import(",
        "importScripts"
      })
  void itNeverMakesMarkupOrCodeOfTexts(String forbidden) {
    assertThat(new String(script, StandardCharsets.UTF_8)).doesNotContain(forbidden);
  }

  @Test
  void bothLanguagesSayTheSame() {
    String text = new String(script, StandardCharsets.UTF_8);
    String english = text.substring(text.indexOf("  en: {"), text.indexOf("  zh: {"));
    String chinese =
        text.substring(text.indexOf("  zh: {"), text.indexOf("};", text.indexOf("  zh: {")));

    assertThat(keys(chinese)).isEqualTo(keys(english)).isNotEmpty();
  }

  private static List<String> keys(String block) {
    return Pattern.compile("(\\w+): '").matcher(block).results().map(hit -> hit.group(1)).toList();
  }

  private static byte[] script() {
    WebSurface surface = new WebchatPlugin().web().orElseThrow();
    assertThat(surface.prefix()).isEqualTo("chat");
    try (InputStream stream =
        WebchatPlugin.class.getClassLoader().getResourceAsStream(surface.script())) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
