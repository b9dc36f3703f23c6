package io.omnihub.core.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.omnihub.testkit.Await;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class LanesTest {

  @Property(tries = 50)
  void eachKeyKeepsItsOrder(@ForAll @Size(max = 200) List<@IntRange(max = 9) Integer> keys) {
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Lanes lanes = new Lanes("test", executor);
      Map<Integer, List<Integer>> ran = new ConcurrentHashMap<>();
      Map<Integer, List<Integer>> submitted = new ConcurrentHashMap<>();
      for (int i = 0; i < keys.size(); i++) {
        int key = keys.get(i);
        int number = i;
        submitted.computeIfAbsent(key, k -> new ArrayList<>()).add(number);
        lanes.submit(
            "key-" + key, () -> ran.computeIfAbsent(key, k -> synchronizedList()).add(number));
      }
      Await.until("all lanes to be empty", () -> lanes.busy() == 0);
      assertThat(ran).isEqualTo(submitted);
    }
  }

  @Example
  void oneKeyNeverRunsTwiceAtOnce() throws InterruptedException {
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Lanes lanes = new Lanes("test", executor);
      AtomicInteger inside = new AtomicInteger();
      AtomicInteger most = new AtomicInteger();
      AtomicInteger ran = new AtomicInteger();
      Runnable task =
          () -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            LockSupport.parkNanos(1);
            inside.decrementAndGet();
            ran.incrementAndGet();
          };
      List<Thread> submitters =
          IntStream.range(0, 100)
              .mapToObj(
                  i ->
                      Thread.startVirtualThread(
                          () -> IntStream.range(0, 20).forEach(n -> lanes.submit("one", task))))
              .toList();
      for (Thread submitter : submitters) {
        submitter.join();
      }
      Await.until("all tasks", () -> ran.get() == 2_000);
      assertThat(most).hasValue(1);
      Await.until("the lane to end", () -> lanes.busy() == 0);
    }
  }

  @Example
  void keysRunSideBySide() throws Exception {
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Lanes lanes = new Lanes("test", executor);
      int keys = 50;
      CyclicBarrier allAtOnce = new CyclicBarrier(keys);
      CountDownLatch done = new CountDownLatch(keys);
      for (int i = 0; i < keys; i++) {
        lanes.submit(
            "key-" + i,
            () -> {
              meet(allAtOnce);
              done.countDown();
            });
      }
      assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Property(tries = 30)
  void aTaskThatThrowsDoesNotStopItsLane(@ForAll @Size(min = 1, max = 50) List<Boolean> throwing) {
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Lanes lanes = new Lanes("test", executor);
      AtomicInteger ran = new AtomicInteger();
      for (boolean fails : throwing) {
        lanes.submit(
            "one",
            () -> {
              ran.incrementAndGet();
              if (fails) {
                throw new IllegalStateException("of the test");
              }
            });
      }
      Await.until("the lane to end", () -> lanes.busy() == 0);
      assertThat(ran).hasValue(throwing.size());
    }
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Integer> synchronizedList() {
    return Collections.synchronizedList(new ArrayList<>());
  }
}
