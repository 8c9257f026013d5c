package org.shardmean.jobs.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.shardmean.run.FullMemoryException;

@Timeout(60)
class MemoryWatchTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final CountDownLatch interrupted = new CountDownLatch(1);
  private final CountDownLatch silenced = new CountDownLatch(1);
  private final CountDownLatch halted = new CountDownLatch(1);

  @Test
  void anErrorThatNobodyCaughtInterruptsTheJobAndEndsTheProcessInOneLine() throws Exception {
    MemoryWatch watch =
        new MemoryWatch(waitingJob(), err, silenced::countDown, halted::countDown, 1);

    watch.uncaughtException(Thread.currentThread(), new OutOfMemoryError("Java heap space"));

    interrupted.await();
    halted.await();
    silenced.await();
    String told = err.toString(UTF_8);
    assertEquals(1, told.lines().count(), told);
    assertTrue(told.startsWith("error: the driver's memory, "), told);
    assertTrue(told.contains(" is full; give it more with --driver-memory"), told);
  }

  @Test
  void aJobThatCouldNotEvenSayWhatHappenedIsEnded() throws Exception {
    MemoryWatch watch =
        new MemoryWatch(
            waitingJob(), err, silenced::countDown, halted::countDown, TimeUnit.DAYS.toNanos(1));

    watch.end();

    halted.await();
    assertEquals(1, err.toString(UTF_8).lines().count());
  }

  @Test
  void anEndThatNeedsMemoryWhichIsNotThereIsTriedAgain() throws Exception {
    AtomicInteger tries = new AtomicInteger();
    Runnable haltThatFailsTenTimes =
        () -> {
          int before = tries.getAndIncrement();
          if (before < 5) {
            throw new OutOfMemoryError("Java heap space");
          }
          if (before < 10) {
            throw new NoClassDefFoundError("org/shardmean/jobs/command/ExitCode");
          }
          halted.countDown();
        };
    MemoryWatch watch =
        new MemoryWatch(waitingJob(), err, silenced::countDown, haltThatFailsTenTimes, 1);

    watch.uncaughtException(Thread.currentThread(), new OutOfMemoryError("Java heap space"));

    halted.await();
    assertEquals(11, tries.get());
    assertEquals(1, err.toString(UTF_8).lines().count());
  }

  @Test
  void otherErrorsEndNothing() {
    MemoryWatch watch =
        new MemoryWatch(waitingJob(), err, silenced::countDown, halted::countDown, 1);

    watch.uncaughtException(Thread.currentThread(), new IllegalStateException("by the test"));

    assertEquals(1, interrupted.getCount());
    assertEquals("", err.toString(UTF_8));
  }

  @Test
  void theReasonIsAFullMemoryOnlyWhereOneIsAtTheRoot() {
    Throwable wrapped = new IllegalStateException(new OutOfMemoryError("Java heap space"));
    Throwable other = new IllegalStateException("by the test");

    assertTrue(MemoryWatch.reason(wrapped) instanceof FullMemoryException);
    assertTrue(
        MemoryWatch.reason(wrapped).getMessage().contains("is full (Java heap space); give"),
        MemoryWatch.reason(wrapped).getMessage());
    assertEquals(other, MemoryWatch.reason(other));
    assertFalse(Thread.currentThread().isInterrupted());
  }

  private Thread waitingJob() {
    Thread job =
        new Thread(
            () -> {
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                interrupted.countDown();
              }
            });
    job.setDaemon(true);
    job.start();
    return job;
  }
}
