package io.omnihub.core.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.omnihub.core.subscription.SubscriptionLog.Attempt;
import io.omnihub.core.subscription.Subscriptions.Issued;
import io.omnihub.testkit.Await;
import io.omnihub.testkit.ManualClock;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Subscribers that mean harm; each test ends only if the hub lets go of them. */
@Tag("store")
final class HostileReceiverTest {
  private static final Duration SHORT = Duration.ofMillis(400);
  private static final Duration LONG = Duration.ofSeconds(8);

  @TempDir Path dir;

  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private ServerSocket listening;

  @BeforeEach
  void open() throws IOException {
    listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws IOException {
    listening.close();
    executor.shutdownNow();
  }

  private interface Talk {
    void answer(InputStream in, OutputStream out) throws IOException;
  }

  private URI talking(Talk talk) {
    executor.execute(
        () -> {
          while (!listening.isClosed()) {
            try (Socket peer = listening.accept()) {
              talk.answer(peer.getInputStream(), peer.getOutputStream());
            } catch (IOException e) {
              // the hub hung up, or the test is over
            }
          }
        });
    return URI.create("http://127.0.0.1:" + listening.getLocalPort() + "/");
  }

  private Attempt attempt(URI url, boolean allowPrivate, Duration patience) {
    ManualClock clock = new ManualClock(NotifyRoom.NOON);
    try (NotifyRoom room = new NotifyRoom(dir, clock, allowPrivate, patience)) {
      Issued issued = room.subscribe(url);
      room.happens("c", "message.received", "hello");
      return Await.value(
          "an attempt",
          () ->
              room.log.before(issued.subscription().id(), Long.MAX_VALUE, 1).stream()
                  .findFirst()
                  .orElse(null));
    }
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  @Test
  void oneThatNeverAnswersIsLeft() {
    Attempt attempt =
        attempt(talking((in, out) -> in.transferTo(OutputStream.nullOutputStream())), true, SHORT);
    assertThat(attempt.outcome()).isEqualTo("timeout");
    assertThat(attempt.status()).isZero();
  }

  @Test
  void oneThatSpeaksAByteAtATimeIsLeft() {
    Attempt attempt =
        attempt(
            talking(
                (in, out) -> {
                  write(out, "HTTP/1.1 200 OK\r\nX-Slow: ");
                  while (true) {
                    write(out, "x");
                    LockSupport.parkNanos(20_000_000);
                  }
                }),
            true,
            SHORT);
    assertThat(attempt.outcome()).isEqualTo("timeout");
    assertThat(attempt.duration()).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void anEndlessBodyIsCutOff() {
    AtomicInteger written = new AtomicInteger();
    Attempt attempt =
        attempt(
            talking(
                (in, out) -> {
                  write(out, "HTTP/1.1 200 OK\r\nContent-Length: 999999999999\r\n\r\n");
                  byte[] chunk = new byte[8 << 10];
                  while (true) {
                    out.write(chunk);
                    written.addAndGet(chunk.length);
                  }
                }),
            true,
            LONG);
    assertThat(attempt.outcome()).isEqualTo("delivered");
    assertThat(written.get()).isLessThan(64 << 20);
  }

  @Test
  void endlessHeadersAreCutOff() {
    Attempt attempt =
        attempt(
            talking(
                (in, out) -> {
                  write(out, "HTTP/1.1 200 OK\r\n");
                  while (true) {
                    write(out, "X-More: more\r\n");
                  }
                }),
            true,
            LONG);
    assertThat(attempt.outcome()).isEqualTo("unreachable");
  }

  @Test
  void aRedirectIsNotFollowed() {
    AtomicInteger asked = new AtomicInteger();
    Attempt attempt =
        attempt(
            talking(
                (in, out) -> {
                  asked.incrementAndGet();
                  String here = "http://127.0.0.1:" + listening.getLocalPort() + "/inner";
                  write(
                      out,
                      "HTTP/1.1 307 Go\r\nLocation: " + here + "\r\nContent-Length: 0\r\n\r\n");
                  in.transferTo(OutputStream.nullOutputStream());
                }),
            true,
            LONG);
    assertThat(attempt.status()).isEqualTo(307);
    assertThat(attempt.outcome()).isEqualTo("refused");
    assertThat(asked).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:%d/",
        "http://localhost:%d/",
        "http://2130706433:%d/",
        "http://[::1]:%d/",
        "http://[::ffff:127.0.0.1]:%d/",
        "http://0.0.0.0:%d/",
        "http://10.1.2.3/",
        "http://192.168.1.1/",
        "http://169.254.169.254/latest/meta-data",
        "http://100.64.0.1/",
        "http://[fd00::1]/",
        "http://[64:ff9b::7f00:1]/"
      })
  void R30_internalAddressesAreNotCalled(String pattern) {
    AtomicInteger called = new AtomicInteger();
    int port = talking((in, out) -> called.incrementAndGet()).getPort();
    Attempt attempt = attempt(URI.create(pattern.formatted(port)), false, LONG);
    assertThat(attempt.outcome()).isEqualTo("forbidden-address");
    assertThat(called).hasValue(0);
  }
}
