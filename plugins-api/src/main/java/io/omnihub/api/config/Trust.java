package io.omnihub.api.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * What a setting {@code trust} means: certificates are accepted that Java trusts, and those of a
 * PEM file.
 */
public final class Trust {
  private Trust() {}

  /**
   * Makes the factory for TLS.
   *
   * @param pem path of a PEM file, empty for none
   * @throws IllegalArgumentException when the file cannot be read
   */
  public static SSLSocketFactory of(String pem) {
    if (pem.isEmpty()) {
      return (SSLSocketFactory) SSLSocketFactory.getDefault();
    }
    try (InputStream in = Files.newInputStream(Path.of(pem))) {
      KeyStore own = KeyStore.getInstance(KeyStore.getDefaultType());
      own.load(null, null);
      for (Certificate certificate :
          CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        own.setCertificateEntry("trusted-" + own.size(), certificate);
      }
      List<X509TrustManager> managers = new ArrayList<>(managersOf(null));
      managers.addAll(managersOf(own));
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new AnyOf(managers)}, null);
      return context.getSocketFactory();
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "trust: '" + pem + "' is not a readable PEM file with certificates", e);
    }
  }

  /** Null stands for what Java trusts: that is how the API is written. */
  private static List<X509TrustManager> managersOf(KeyStore store) throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    List<X509TrustManager> managers = new ArrayList<>();
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509TrustManager x509) {
        managers.add(x509);
      }
    }
    return managers;
  }

  /**
   * Accepts what one of several accepts. The name of the host is checked by whoever uses the
   * socket.
   */
  private record AnyOf(List<X509TrustManager> managers) implements X509TrustManager {
    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType)
        throws CertificateException {
      CertificateException refusal = new CertificateException("no trust at all is configured");
      for (X509TrustManager manager : managers) {
        try {
          manager.checkServerTrusted(chain, authType);
          return;
        } catch (CertificateException e) {
          refusal = e;
        }
      }
      throw refusal;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType)
        throws CertificateException {
      throw new CertificateException("there are no clients here");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return managers.stream()
          .flatMap(manager -> List.of(manager.getAcceptedIssuers()).stream())
          .toArray(X509Certificate[]::new);
    }
  }
}
