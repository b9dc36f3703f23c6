package io.omnihub.backend.http;

import io.omnihub.api.config.ConfigSpec;
import io.omnihub.api.connector.Account;
import io.omnihub.api.connector.BackendConnector;
import org.apache.camel.RoutesBuilder;
import org.pf4j.Extension;

/** Bots that take turns as signed HTTP requests. */
@Extension
public final class HttpBotPlugin implements BackendConnector {

  @Override
  public String name() {
    return "http";
  }

  @Override
  public String description() {
    return "A bot of your own that takes signed turns over HTTP and answers with actions";
  }

  @Override
  public ConfigSpec config() {
    return HttpBotConfig.SPEC;
  }

  @Override
  public RoutesBuilder routes(Account account) {
    return new HttpBotRoutes(account, HttpBotConfig.of(account.settings()));
  }
}
