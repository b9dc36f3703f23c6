package io.omnihub.channel.smpp;

import io.omnihub.api.model.Identity;
import io.omnihub.api.model.InboundEvent;
import io.omnihub.api.model.OutboundMessage;
import io.omnihub.api.model.Part;
import io.omnihub.testkit.harness.ConnectorHarness;
import io.omnihub.testkit.harness.Samples;
import io.omnihub.testkit.smsc.SmscSimulator;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the tests of this package have in common. */
final class SmppTests {
  static final String CUSTOMER = "4915112345678";
  static final String SHOP = "4930123456";

  private SmppTests() {}

  /** A plugin that waits for nothing longer than a test would. */
  static SmppPlugin plugin() {
    return new SmppPlugin(
        new SmppPlugin.Pace(Duration.ofMillis(10), Duration.ofMillis(50), Duration.ofMillis(20)));
  }

  /** Pairs of keys and values besides those that name the simulator. */
  static Map<String, String> settings(SmscSimulator smsc, String... more) {
    Map<String, String> settings = new HashMap<>(smsc.settings());
    settings.put("region", "DE");
    settings.put("source-address", "+" + SHOP);
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    return settings;
  }

  static OutboundMessage message(String text) {
    return Samples.outbound(Identity.of("tel", "+" + CUSTOMER), Part.Text.plain(text));
  }

  static List<InboundEvent.MessageReceived> messages(ConnectorHarness hub) {
    return hub.events().stream()
        .filter(InboundEvent.MessageReceived.class::isInstance)
        .map(InboundEvent.MessageReceived.class::cast)
        .toList();
  }

  static List<String> texts(ConnectorHarness hub) {
    return messages(hub).stream()
        .map(message -> ((Part.Text) message.parts().getFirst()).text())
        .toList();
  }
}
