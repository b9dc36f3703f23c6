package io.omnihub.core.store;

/**
 * Where a database is.
 *
 * @param url JDBC address without a password
 * @param user empty when the database asks for none
 * @param password empty when the database asks for none
 */
public record StoreAddress(String url, String user, String password) {

  /** The address of a database that asks for no user. */
  public static StoreAddress of(String url) {
    return new StoreAddress(url, "", "");
  }

  /** Without the password. */
  @Override
  public String toString() {
    return url;
  }
}
