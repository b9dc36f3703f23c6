package io.omnihub.channel.email;

import io.omnihub.api.config.Secret;
import java.io.IOException;

/**
 * What a connection logs in with.
 *
 * @param secret a password, or an access token when {@code oauth}
 */
record Login(String user, Secret secret, boolean oauth) {

  /** Where the login of the next connection comes from. Safe for all threads. */
  interface Source {

    /**
     * What to log in with now; may ask a server.
     *
     * @throws Refused when the operator has to act
     * @throws IOException when it may work later
     */
    Login next() throws IOException, Refused;

    /** The mail server did not accept the last one. */
    void rejected();
  }

  /** The login needs a person: a grant is withdrawn, a client is unknown. */
  static final class Refused extends Exception {
    Refused(String message) {
      super(message);
    }
  }

  /** Always the same password; without one there is no log-in. */
  static Source password(EmailConfig.Server server) {
    Login login = new Login(server.username(), server.password(), false);
    return new Source() {
      @Override
      public Login next() {
        return login;
      }

      @Override
      public void rejected() {
        // a password stays what it is
      }
    };
  }

  boolean none() {
    return secret.reveal().isEmpty();
  }
}
