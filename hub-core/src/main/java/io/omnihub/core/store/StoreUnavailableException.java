package io.omnihub.core.store;

/** The database cannot do what was asked, now: nothing of it is stored. */
public final class StoreUnavailableException extends RuntimeException {
  public StoreUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
