package org.shardmean.data;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A web server on this machine that answers as a test tells it, well or badly. */
final class LoopbackServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final AtomicInteger requests = new AtomicInteger();

  /** How a request is answered. */
  @FunctionalInterface
  interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  LoopbackServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
  }

  /** Answers requests for a path; the last of the answers again and again. */
  LoopbackServer answer(String path, Answer... answers) {
    AtomicInteger next = new AtomicInteger();
    server.createContext(
        path,
        exchange -> {
          requests.incrementAndGet();
          try (exchange) {
            answers[Math.min(next.getAndIncrement(), answers.length - 1)].to(exchange);
          }
        });
    return this;
  }

  URI address(String path) {
    InetSocketAddress at = server.getAddress();
    return URI.create("http://%s:%d%s".formatted(at.getHostString(), at.getPort(), path));
  }

  /** Requests answered so far, whatever the path. */
  int requests() {
    return requests.get();
  }

  static Answer bytes(byte[] body) {
    return exchange -> {
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    };
  }

  /** Sends the body without saying how long it is. */
  static Answer chunked(byte[] body) {
    return exchange -> {
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().write(body);
    };
  }

  static Answer status(int status) {
    return exchange -> exchange.sendResponseHeaders(status, -1);
  }

  static Answer redirect(URI to) {
    return exchange -> {
      exchange.getResponseHeaders().add("Location", to.toString());
      exchange.sendResponseHeaders(302, -1);
    };
  }

  /** Promises the whole body, sends half of it, and hangs up. */
  static Answer cut(byte[] body) {
    return exchange -> {
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body, 0, body.length / 2);
      exchange.getResponseBody().flush();
    };
  }

  /** Accepts the request and says nothing until the test is over. */
  Answer silence() {
    return exchange -> awaitClosing(Long.MAX_VALUE);
  }

  /** Sends half of the body and then nothing until the test is over. */
  Answer stall(byte[] body) {
    return exchange -> {
      cut(body).to(exchange);
      awaitClosing(Long.MAX_VALUE);
    };
  }

  /** Sends a byte every few milliseconds until the test is over. */
  Answer trickle() {
    return exchange -> {
      exchange.sendResponseHeaders(200, 0);
      OutputStream body = exchange.getResponseBody();
      while (!awaitClosing(5)) {
        body.write(0);
        body.flush();
      }
    };
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private boolean awaitClosing(long milliseconds) {
    try {
      return closing.await(milliseconds, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
