package io.omnihub.api.route;

/**
 * Names of Camel headers on {@code hub:} endpoints. Headers of an HTTP request stand beside them
 * under their own names, in any case; those that start with {@code Camel} or {@code Omnihub} are
 * taken out before.
 */
public final class HubHeaders {
  /** In, on {@code webhook} and {@code web}: the HTTP method. */
  public static final String METHOD = "OmnihubMethod";

  /**
   * In, on {@code webhook} and {@code web}: the path behind the account, without a slash in front,
   * decoded.
   */
  public static final String PATH = "OmnihubPath";

  /** In, on {@code webhook} and {@code web}: the raw query, empty when there is none. */
  public static final String QUERY = "OmnihubQuery";

  /**
   * In, on {@code webhook}, {@code web} and {@code socket}: the peer's address as the hub trusts
   * it.
   */
  public static final String REMOTE = "OmnihubRemote";

  /**
   * Out, on {@code webhook} and {@code web}: the HTTP status as an Integer; 200 when it is not set.
   */
  public static final String STATUS = "OmnihubStatus";

  private HubHeaders() {}
}
