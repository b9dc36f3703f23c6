package io.omnihub.backend.faq;

import io.omnihub.api.model.Turn;
import io.omnihub.api.model.TurnResult;
import org.apache.camel.builder.RouteBuilder;

/** A turn in, the bot's actions out. */
final class FaqRoutes extends RouteBuilder {
  private final String backend;
  private final FaqBot bot;

  FaqRoutes(String backend, FaqBot bot) {
    this.backend = backend;
    this.bot = bot;
  }

  @Override
  public void configure() {
    errorHandler(noErrorHandler());
    from("hub:turns/" + backend)
        .process(
            exchange -> {
              Turn turn = exchange.getMessage().getMandatoryBody(Turn.class);
              exchange.getMessage().setBody(new TurnResult.Answered(bot.answer(turn)));
            });
  }
}
