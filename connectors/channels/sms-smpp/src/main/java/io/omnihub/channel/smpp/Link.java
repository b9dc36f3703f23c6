package io.omnihub.channel.smpp;

import io.omnihub.channel.smpp.pdu.MalformedPduException;
import io.omnihub.channel.smpp.pdu.Pdu;
import io.omnihub.channel.smpp.pdu.PduReader;
import io.omnihub.channel.smpp.pdu.Status;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One connection to a message centre, from its bind to its end. One thread binds and then reads
 * with {@link #read}; everything else may be called from any thread. Reading never waits for the
 * hub, so that answers and enquiries are never held up by what comes in.
 */
final class Link implements AutoCloseable {
  private final String id = UUID.randomUUID().toString();
  private final Socket socket;
  private final Timing timing;
  private final PduReader reader;
  private final OutputStream out;
  private final ReentrantLock writing = new ReentrantLock();
  private final Map<Integer, CompletableFuture<Answer>> waiting = new ConcurrentHashMap<>();
  private final AtomicInteger sequence = new AtomicInteger();
  private final Semaphore window;
  private volatile boolean ended;

  Link(Socket socket, Timing timing, int window) throws IOException {
    this.socket = socket;
    this.timing = timing;
    this.window = new Semaphore(window);
    reader = new PduReader(socket.getInputStream());
    out = socket.getOutputStream();
  }

  /** How long an answer may take, and after which silence the peer is asked. */
  record Timing(Duration response, Duration enquireLink) {}

  /** Takes what the message centre delivers; must not block. */
  interface Receiver {
    void deliver(Link link, Pdu pdu);
  }

  /** What became of a request. */
  sealed interface Answer {

    /** The peer answered. */
    record Received(Pdu pdu) implements Answer {}

    /** It is certain that the peer did not get it. */
    record NotWritten() implements Answer {}

    /** It was written and no answer came. */
    record Lost() implements Answer {}
  }

  /** Unique over restarts. */
  String id() {
    return id;
  }

  boolean alive() {
    return !ended;
  }

  /**
   * Binds; before {@link #read} and on the same thread.
   *
   * @return the answer's status, 0 when bound
   * @throws IOException also when there is no answer in time
   */
  int bind(int command, byte[] body) throws IOException, MalformedPduException {
    int number = sequence.incrementAndGet();
    long deadline = System.nanoTime() + timing.response().toNanos();
    write(Pdu.request(command, number, body));
    while (System.nanoTime() < deadline) {
      socket.setSoTimeout((int) timing.response().toMillis());
      Optional<Pdu> answer = reader.next().filter(Pdu::isResponse);
      if (answer.isPresent() && answer.get().sequence() == number) {
        return answer.get().status();
      }
    }
    throw new IOException("no answer to the bind in time");
  }

  /** Reads until the connection ends. */
  void read(Receiver receiver) throws IOException, MalformedPduException {
    boolean asked = false;
    while (!ended) {
      socket.setSoTimeout((int) (asked ? timing.response() : timing.enquireLink()).toMillis());
      Optional<Pdu> pdu = reader.next();
      if (pdu.isPresent()) {
        asked = false;
        handle(pdu.get(), receiver);
      } else if (asked) {
        throw new IOException("the peer does not answer enquire_link");
      } else {
        write(Pdu.request(Pdu.ENQUIRE_LINK, sequence.incrementAndGet(), new byte[0]));
        asked = true;
      }
    }
  }

  private void handle(Pdu pdu, Receiver receiver) throws IOException {
    if (pdu.isResponse()) {
      CompletableFuture<Answer> request = waiting.remove(pdu.sequence());
      if (request != null) {
        request.complete(new Answer.Received(pdu));
      }
      return;
    }
    switch (pdu.command()) {
      case Pdu.DELIVER_SM, Pdu.DATA_SM -> receiver.deliver(this, pdu);
      case Pdu.ENQUIRE_LINK -> write(pdu.answer(Status.OK));
      case Pdu.ALERT_NOTIFICATION -> {}
      case Pdu.UNBIND -> {
        write(pdu.answer(Status.OK));
        throw new IOException("the peer has unbound");
      }
      default -> write(pdu.nack(Status.INVALID_COMMAND));
    }
  }

  /** Sends a request as soon as the window allows, and waits for its answer. */
  Answer request(int command, byte[] body) throws InterruptedException {
    if (ended || !window.tryAcquire(timing.response().toNanos(), TimeUnit.NANOSECONDS)) {
      return new Answer.NotWritten();
    }
    int number = nextSequence();
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    waiting.put(number, answer);
    try {
      write(Pdu.request(command, number, body));
    } catch (IOException e) {
      waiting.remove(number);
      window.release();
      return new Answer.NotWritten();
    }
    try {
      return await(answer);
    } finally {
      waiting.remove(number);
      window.release();
    }
  }

  private Answer await(CompletableFuture<Answer> answer) throws InterruptedException {
    if (ended) {
      // the reader may have gone through those who wait before this one was among them
      answer.complete(new Answer.Lost());
    }
    try {
      return answer.get(timing.response().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException | ExecutionException e) {
      return new Answer.Lost();
    }
  }

  /** Answers a delivery; a peer that is gone delivers it again. */
  void answer(Pdu request, int status) {
    try {
      write(request.answer(status));
    } catch (IOException e) {
      close();
    }
  }

  /** Says goodbye if that is quickly possible, and ends the connection. */
  void unbind(Duration patience) throws InterruptedException {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    int number = nextSequence();
    waiting.put(number, answer);
    try {
      write(Pdu.request(Pdu.UNBIND, number, new byte[0]));
      answer.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (IOException | TimeoutException | ExecutionException gone) {
      // it ends all the same
    } finally {
      close();
    }
  }

  @Override
  public void close() {
    ended = true;
    try {
      socket.close();
    } catch (IOException e) {
      // it is closed all the same
    }
    waiting.values().forEach(answer -> answer.complete(new Answer.Lost()));
  }

  /** 1 to 0x7fffffff. */
  private int nextSequence() {
    return sequence.updateAndGet(last -> last == Integer.MAX_VALUE ? 1 : last + 1);
  }

  /** A peer that does not read for long counts as gone: then nothing of the PDU was written. */
  private void write(Pdu pdu) throws IOException {
    boolean mine = false;
    try {
      mine = writing.tryLock(timing.response().toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!mine || ended) {
      if (mine) {
        writing.unlock();
      }
      throw new IOException("the connection does not take more");
    }
    try {
      out.write(pdu.written());
      out.flush();
    } catch (IOException e) {
      close();
      throw e;
    } finally {
      writing.unlock();
    }
  }
}
