package org.shardmean.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The body of a response, read piece by piece by a thread that waits for a limited time: the HTTP
 * client itself limits only the wait for the headers.
 */
final class ResponseBody implements Flow.Subscriber<List<ByteBuffer>> {
  private record Arrival(List<ByteBuffer> buffers, boolean last, Throwable failure) {}

  private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
  private volatile Flow.Subscription subscription;

  /**
   * The next bytes.
   *
   * @param nanoseconds the longest wait
   * @return buffers in order, an empty list at the body's end; nothing if nothing arrives in time
   * @throws IOException if the connection fails
   */
  Optional<List<ByteBuffer>> next(long nanoseconds) throws IOException, InterruptedException {
    Arrival arrival = arrivals.poll(nanoseconds, TimeUnit.NANOSECONDS);
    if (arrival == null) {
      return Optional.empty();
    }
    if (arrival.failure() != null) {
      throw new IOException("the connection was cut", arrival.failure());
    }
    if (arrival.last()) {
      return Optional.of(List.of());
    }
    subscription.request(1);
    return Optional.of(arrival.buffers());
  }

  /** Closes the connection, even if there is more to receive. */
  void cancel() {
    if (subscription != null) {
      subscription.cancel();
    }
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    given.request(1);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    arrivals.add(new Arrival(buffers, false, null));
  }

  @Override
  public void onError(Throwable failure) {
    arrivals.add(new Arrival(List.of(), true, failure));
  }

  @Override
  public void onComplete() {
    arrivals.add(new Arrival(List.of(), true, null));
  }
}
