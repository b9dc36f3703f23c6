package io.omnihub.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.omnihub.api.connector.AccountState;
import io.omnihub.api.route.HubGateway.Answer;
import io.omnihub.api.route.HubGateway.HubRoute;
import io.omnihub.api.route.HubGateway.Kind;
import io.omnihub.api.route.HubGateway.Registration;
import io.omnihub.api.route.InboundBatch;
import io.omnihub.api.route.InboundReceipt;
import io.omnihub.core.store.Store;
import io.omnihub.core.store.TestStores;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("store")
class AccountTest {
  @TempDir Path dir;

  @Test
  void R15_theStateOfAnAccountOutlivesTheHub() {
    try (Store store = TestStores.open(dir)) {
      AccountState first = new StoredState("w", "a", store);
      assertThat(first.get("cursor")).isEmpty();
      first.put("cursor", "1");
      first.put("cursor", "2");
      first.put("empty", "");
      new StoredState("w", "b", store).put("cursor", "9");
    }
    try (Store store = TestStores.open(dir)) {
      assertThat(new StoredState("w", "a", store).get("cursor")).contains("2");
      assertThat(new StoredState("w", "a", store).get("empty")).contains("");
      assertThat(new StoredState("w", "b", store).get("cursor")).contains("9");
      assertThat(new StoredState("other", "a", store).get("cursor")).isEmpty();
    }
  }

  @Test
  void onlyOneRouteServesAnEndpointAtATime() {
    HubPorts ports = new HubPorts((account, batch) -> new InboundReceipt(batch.events().size(), 0));
    HubRoute one = (body, headers) -> new Answer("one", Map.of());
    HubRoute two = (body, headers) -> new Answer("two", Map.of());
    assertThat(ports.route(Kind.OUTBOUND, "a")).isEmpty();
    Registration first = ports.serve(Kind.OUTBOUND, "a", one);
    assertThatThrownBy(() -> ports.serve(Kind.OUTBOUND, "a", two))
        .isInstanceOf(IllegalStateException.class);
    Registration other = ports.serve(Kind.OUTBOUND, "b", two);
    assertThat(ports.route(Kind.OUTBOUND, "a")).containsSame(one);
    assertThat(ports.route(Kind.TURNS, "a")).isEmpty();

    first.close();
    Registration again = ports.serve(Kind.OUTBOUND, "a", two);
    first.close();
    assertThat(ports.route(Kind.OUTBOUND, "a"))
        .as("an old registration ends nothing twice")
        .containsSame(two);
    again.close();
    other.close();
    assertThat(ports.route(Kind.OUTBOUND, "b")).isEmpty();
    assertThat(ports.accept("a", InboundBatch.of(List.of()))).isEqualTo(new InboundReceipt(0, 0));
  }
}
