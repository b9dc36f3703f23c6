package io.omnihub.channel.smpp;

import static io.omnihub.channel.smpp.SmppTests.CUSTOMER;
import static io.omnihub.channel.smpp.SmppTests.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.omnihub.api.model.SendOutcome;
import io.omnihub.testkit.Await;
import io.omnihub.testkit.harness.ConnectorHarness;
import io.omnihub.testkit.smsc.DeliveredSms;
import io.omnihub.testkit.smsc.SmscSimulator;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class SmppConnectionTest {

  @Test
  void R15_aDroppedConnectionIsBoundAgain() {
    try (SmscSimulator smsc = SmscSimulator.start();
        ConnectorHarness hub = start(smsc)) {
      smsc.drop();
      smsc.awaitBound(1);
      assertThat(smsc.deliver(DeliveredSms.text(CUSTOMER, SHOP, "hello"))).isZero();
      assertThat(hub.send(SmppTests.message("hi"))).isInstanceOf(SendOutcome.Accepted.class);
    }
  }

  @Test
  void bindsThatAreRefusedAreTriedAgain() {
    try (SmscSimulator smsc = SmscSimulator.start()) {
      smsc.answerNextBinds(0x05, 0x0D, 0x08);
      try (ConnectorHarness hub = start(smsc)) {
        assertThat(hub.send(SmppTests.message("hi"))).isInstanceOf(SendOutcome.Accepted.class);
        assertThat(smsc.binds()).hasSize(4);
      }
    }
  }

  @Test
  void aSilentCentreIsAskedWhetherItIsThere() {
    try (SmscSimulator smsc = SmscSimulator.start();
        ConnectorHarness hub = start(smsc, "enquire-link", "1s", "response-timeout", "300ms")) {
      Await.until("an enquire_link", () -> smsc.enquiries() >= 1);
      smsc.deaf(true);
      Await.until("another bind", () -> smsc.binds().size() >= 2);
      assertThat(hub.events()).isEmpty();
    }
  }

  @Test
  void stoppingLeavesNothing() {
    try (SmscSimulator smsc = SmscSimulator.start()) {
      Set<Thread> before = threads();
      try (ConnectorHarness hub = start(smsc)) {
        smsc.deliver(DeliveredSms.text(CUSTOMER, SHOP, "hello"));
        assertThat(hub.events()).hasSize(1);
      }
      smsc.awaitBound(0);
      Await.until("the end of all threads", () -> before.containsAll(threads()));
      assertThat(smsc.binds()).hasSize(1);
    }
  }

  @Test
  void R32_neitherThePasswordNorWhatWasWrittenIsLogged() {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    Logger own = (Logger) LoggerFactory.getLogger("io.omnihub.channel.smpp");
    own.setLevel(Level.TRACE);
    lines.setContext(root.getLoggerContext());
    lines.start();
    own.addAppender(lines);
    try (SmscSimulator smsc = SmscSimulator.start()) {
      smsc.answerNextBinds(0x0D);
      try (ConnectorHarness hub = start(smsc)) {
        hub.refuseNext(1);
        smsc.deliver(DeliveredSms.text(CUSTOMER, SHOP, "inward words"));
        smsc.answerNext(0x45);
        hub.send(SmppTests.message("outward words"));
      }
    } finally {
      own.detachAppender(lines);
    }
    assertThat(lines.list).isNotEmpty();
    assertThat(lines.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .noneMatch(line -> line.contains("words") || line.contains(SmscSimulator.PASSWORD));
  }

  @Test
  void tlsIsTrustedByItsCertificate(@TempDir Path folder) throws Exception {
    KeyStore keys = selfSigned(folder);
    try (SmscSimulator smsc = SmscSimulator.start(sockets(keys));
        ConnectorHarness hub =
            start(smsc, "tls", "true", "trust", folder.resolve("cert.pem").toString())) {
      assertThat(hub.send(SmppTests.message("hi"))).isInstanceOf(SendOutcome.Accepted.class);
    }
  }

  @Test
  void tlsOfAStrangerIsNotBound(@TempDir Path folder) throws Exception {
    KeyStore keys = selfSigned(folder);
    try (SmscSimulator smsc = SmscSimulator.start(sockets(keys));
        ConnectorHarness hub =
            ConnectorHarness.start(SmppTests.plugin(), SmppTests.settings(smsc, "tls", "true"))) {
      Await.until(
          "the failed handshake",
          () ->
              hub.send(SmppTests.message("hi")) instanceof SendOutcome.NotSent notSent
                  && notSent.failure().detail().startsWith("not connected"));
      assertThat(smsc.binds()).isEmpty();
    }
  }

  private static ConnectorHarness start(SmscSimulator smsc, String... settings) {
    ConnectorHarness hub =
        ConnectorHarness.start(SmppTests.plugin(), SmppTests.settings(smsc, settings));
    smsc.awaitBound(1);
    return hub;
  }

  /** Threads of the simulator and of the build come and go and do not count. */
  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().contains("sms-acc"))
        .collect(Collectors.toSet());
  }

  private static KeyStore selfSigned(Path folder) throws Exception {
    Path store = folder.resolve("keys.p12");
    keytool(
        "-genkeypair",
        "-alias",
        "smsc",
        "-keyalg",
        "EC",
        "-dname",
        "CN=smsc",
        "-ext",
        "SAN=ip:127.0.0.1",
        "-storetype",
        "PKCS12",
        "-storepass",
        "changeit",
        "-keystore",
        store.toString());
    keytool(
        "-exportcert",
        "-rfc",
        "-alias",
        "smsc",
        "-storepass",
        "changeit",
        "-keystore",
        store.toString(),
        "-file",
        folder.resolve("cert.pem").toString());
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, "changeit".toCharArray());
    }
    return keys;
  }

  private static void keytool(String... arguments) throws Exception {
    Path tool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    String[] command = new String[arguments.length + 1];
    command[0] = tool.toString();
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }

  private static ServerSocketFactory sockets(KeyStore keys) throws Exception {
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, "changeit".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context.getServerSocketFactory();
  }
}
