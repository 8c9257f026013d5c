package org.shardmean.jobs.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.Path;
import org.shardmean.run.RunDirectory;

/**
 * Serves one run's page, state and report to browsers on this machine, and nothing else. It listens
 * on the loopback address alone, and answers only requests that name it, so that pages of other
 * sites cannot read it by a name of their own that leads here.
 */
final class WatchServer implements AutoCloseable {
  /** Without news for so long, a run may have ended without saying so. */
  private static final long SILENT_SECONDS = 60;

  private static final Set<String> HOSTS = Set.of("127.0.0.1", "localhost", "[::1]");

  private final RunDirectory run;
  private final byte[] page;
  private final HttpServer server;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final CountDownLatch read = new CountDownLatch(1);

  /**
   * Listens from now on.
   *
   * @param page of the run
   * @param port 0 for any that is free
   * @throws IOException if the port is taken
   */
  WatchServer(RunDirectory run, String page, int port) throws IOException {
    this.run = requireNonNull(run, "run");
    this.page = page.getBytes(UTF_8);
    this.server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  /** Where the page is. */
  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  /**
   * Waits until a browser has been told that the run has ended, and then has its report: for a
   * minute at most.
   */
  void awaitEnd() throws InterruptedException {
    ended.await();
    if (!read.await(SILENT_SECONDS, TimeUnit.SECONDS)) {
      return; // Nobody reads it here; it is in the run's folder.
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String host = String.valueOf(exchange.getRequestHeaders().getFirst("Host"));
      boolean isAsked =
          HOSTS.contains(host.replaceFirst(":\\d+$", ""))
              && exchange.getRequestMethod().equals("GET");
      if (!isAsked) {
        exchange.sendResponseHeaders(403, -1);
        return;
      }
      switch (exchange.getRequestURI().getPath()) {
        case "/" -> send(exchange, "text/html; charset=utf-8", page);
        case "/state.json" -> sendState(exchange);
        case "/report.html" -> sendReport(exchange);
        default -> exchange.sendResponseHeaders(404, -1);
      }
    }
  }

  private void sendReport(HttpExchange exchange) throws IOException {
    RunDirectory folder = run.holds(RunDirectory.PROGRESS) ? reportFolder() : run;
    if (folder.holds(RunDirectory.REPORT)) {
      send(exchange, "text/html; charset=utf-8", folder.read(RunDirectory.REPORT));
      if (ended.getCount() == 0) {
        read.countDown();
      }
    } else {
      exchange.sendResponseHeaders(404, -1);
    }
  }

  /** That of a run which replaces another is beside the other's. */
  private RunDirectory reportFolder() throws IOException {
    RunDirectory beside = run.below(RunDirectory.UNFINISHED);
    return beside.holds(RunDirectory.REPORT) ? beside : run;
  }

  private void sendState(HttpExchange exchange) throws IOException {
    String state = state();
    send(exchange, "application/json", state.getBytes(UTF_8));
    if (state.startsWith("{\"state\":\"ended\"")) {
      ended.countDown();
    }
  }

  /** As JSON; the run's own file stands in it as it is. */
  private String state() throws IOException {
    boolean hasReport = run.holds(RunDirectory.REPORT);
    if (run.holds(RunDirectory.PROGRESS)) {
      try {
        long age = ageSeconds();
        return "{\"state\":\"%s\",\"age\":%d,\"hasReport\":%b,\"progress\":%s}"
            .formatted(
                age > SILENT_SECONDS ? "silent" : "running",
                age,
                hasReport,
                run.readText(RunDirectory.PROGRESS).strip());
      } catch (IOException e) {
        // It was deleted or replaced between two looks.
      }
    }
    return "{\"state\":\"%s\",\"age\":0,\"hasReport\":%b,\"progress\":null}"
        .formatted(run.holds(RunDirectory.RESULT) ? "ended" : "waiting", hasReport);
  }

  private long ageSeconds() throws IOException {
    long written =
        run.files()
            .getFileStatus(new Path(run.path(), RunDirectory.PROGRESS))
            .getModificationTime();
    return Math.max(0, (System.currentTimeMillis() - written) / 1000);
  }

  private static void send(HttpExchange exchange, String type, byte[] body) throws IOException {
    Map<String, String> headers =
        Map.of(
            "Content-Type", type,
            "Cache-Control", "no-store",
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Cross-Origin-Resource-Policy", "same-origin");
    headers.forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(1);
  }
}
