package io.omnihub.testkit.smsc;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jsmpp.DefaultPDUSender;
import org.jsmpp.PDUStringException;
import org.jsmpp.bean.OptionalParameter;

/** What the message centre does otherwise than it should. Safe for all threads. */
final class SmscFaults extends DefaultPDUSender {
  private final Queue<Integer> statuses = new ArrayDeque<>();
  private final Queue<Integer> bindStatuses = new ArrayDeque<>();
  private final AtomicInteger swallowed = new AtomicInteger();
  private final AtomicInteger enquiries = new AtomicInteger();
  private volatile boolean deaf;
  private volatile CountDownLatch held = new CountDownLatch(0);

  synchronized void answerNext(int... next) {
    for (int status : next) {
      statuses.add(status);
    }
  }

  synchronized void answerNextBinds(int... next) {
    for (int status : next) {
      bindStatuses.add(status);
    }
  }

  void swallowNext(int answers) {
    swallowed.set(answers);
  }

  void deaf(boolean now) {
    deaf = now;
  }

  void hold() {
    held = new CountDownLatch(1);
  }

  void release() {
    held.countDown();
  }

  void awaitRelease() {
    try {
      held.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What the next submission is answered with, 0 for ok. */
  synchronized int status() {
    Integer next = statuses.poll();
    return next == null ? 0 : next;
  }

  synchronized int bindStatus() {
    Integer next = bindStatuses.poll();
    return next == null ? 0 : next;
  }

  int enquiries() {
    return enquiries.get();
  }

  @Override
  public byte[] sendEnquireLinkResp(OutputStream out, int sequence) throws IOException {
    enquiries.incrementAndGet();
    return deaf ? new byte[0] : super.sendEnquireLinkResp(out, sequence);
  }

  @Override
  public byte[] sendSubmitSmResp(
      OutputStream out, int sequence, String id, OptionalParameter... parameters)
      throws PDUStringException, IOException {
    boolean swallow = swallowed.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    return swallow ? new byte[0] : super.sendSubmitSmResp(out, sequence, id, parameters);
  }
}
