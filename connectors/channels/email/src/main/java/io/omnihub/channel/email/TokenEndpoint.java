package io.omnihub.channel.email;

import java.io.IOException;
import java.net.URI;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.FluentProducerTemplate;

/** Posts to the provider's token endpoint. What is posted and what comes back is never logged. */
final class TokenEndpoint implements AccessTokens.Endpoint {
  private static final String OPTIONS =
      "throwExceptionOnFailure=false&connectTimeout=10000&responseTimeout=20000&soTimeout=20000";

  private final CamelContext camel;
  private final URI url;

  TokenEndpoint(CamelContext camel, URI url) {
    this.camel = camel;
    this.url = url;
  }

  @Override
  public Answer post(String form) throws IOException {
    try (FluentProducerTemplate template = camel.createFluentProducerTemplate()) {
      Exchange exchange =
          template
              .to(url + (url.getQuery() == null ? "?" : "&") + OPTIONS)
              .withHeader(Exchange.HTTP_METHOD, "POST")
              .withHeader(Exchange.CONTENT_TYPE, "application/x-www-form-urlencoded")
              .withBody(form)
              .send();
      if (exchange.getException() != null) {
        // the message could hold what was posted: the kind is all that may be told
        throw new IOException(
            "the token endpoint is not reached: "
                + exchange.getException().getClass().getSimpleName());
      }
      String body = exchange.getMessage().getBody(String.class);
      Integer status =
          exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
      return new Answer(status, body == null ? "" : body);
    }
  }
}
