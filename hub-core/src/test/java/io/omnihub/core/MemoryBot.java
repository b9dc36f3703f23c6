package io.omnihub.core;

import io.omnihub.api.config.ConfigSpec;
import io.omnihub.api.connector.Account;
import io.omnihub.api.connector.BackendConnector;
import io.omnihub.api.model.Action;
import io.omnihub.api.model.Message;
import io.omnihub.api.model.Part;
import io.omnihub.api.model.Turn;
import io.omnihub.api.model.TurnResult;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;

/** A bot that does what the test says; by default it repeats the customer's words. */
final class MemoryBot implements BackendConnector {
  private final List<Turn> turns = new CopyOnWriteArrayList<>();
  private volatile Function<Turn, TurnResult> mind = MemoryBot::echo;

  @Override
  public String name() {
    return "bot";
  }

  @Override
  public String description() {
    return "A bot in memory.";
  }

  @Override
  public ConfigSpec config() {
    return ConfigSpec.builder().build();
  }

  @Override
  public RoutesBuilder routes(Account account) {
    return new RouteBuilder() {
      @Override
      public void configure() {
        errorHandler(noErrorHandler());
        from("hub:turns/" + account.id())
            .process(
                exchange -> {
                  Turn turn = exchange.getMessage().getBody(Turn.class);
                  turns.add(turn);
                  exchange.getMessage().setBody(mind.apply(turn));
                });
      }
    };
  }

  void thinks(Function<Turn, TurnResult> how) {
    mind = how;
  }

  List<Turn> turns() {
    return List.copyOf(turns);
  }

  static TurnResult echo(Turn turn) {
    return new TurnResult.Answered(List.of(Action.Reply.text("echo: " + words(turn.messages()))));
  }

  static String words(List<Message> messages) {
    return messages.stream()
        .flatMap(message -> message.parts().stream())
        .filter(Part.Text.class::isInstance)
        .map(part -> ((Part.Text) part).text())
        .collect(Collectors.joining(" | "));
  }
}
