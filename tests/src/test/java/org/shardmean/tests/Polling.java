package org.shardmean.tests;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Asks a server again and again until it says what is waited for. */
final class Polling {
  private static final Duration LONGEST = Duration.ofMinutes(2);
  private static final Duration BETWEEN = Duration.ofMillis(250);

  private Polling() {}

  /** The body of the first answer with status 200 that is as wanted. */
  static String await(URI uri, Predicate<String> wanted) throws InterruptedException {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(LONGEST).build();
    CountDownLatch never = new CountDownLatch(1);
    long deadline = System.nanoTime() + LONGEST.toNanos();
    String last = "nothing";
    while (System.nanoTime() < deadline) {
      try {
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        last = answer.statusCode() + " " + answer.body();
        if (answer.statusCode() == 200 && wanted.test(answer.body())) {
          return answer.body();
        }
      } catch (IOException e) {
        last = e.toString();
      }
      if (never.await(BETWEEN.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("counted down");
      }
    }
    throw new AssertionError(uri + ": expected another answer, found " + last);
  }
}
