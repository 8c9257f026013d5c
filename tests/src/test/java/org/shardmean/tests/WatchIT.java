package org.shardmean.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shardmean.report.ProgressJson;
import org.shardmean.report.SampleFolders;
import org.shardmean.report.SampleRuns;
import org.shardmean.run.Progress;
import org.shardmean.run.RunDirectory;
import org.shardmean.run.RunRecord;

/** {@code watch}: a run's page in a browser, from its first round to its report. */
class WatchIT {
  static final Pattern ADDRESS = Pattern.compile("(http://127\\.0\\.0\\.1:\\d+/)");
  private static final RunRecord RUN = SampleRuns.fiveEpochs();

  @TempDir Path folder;

  @Test
  void aRunIsFollowedRoundByRoundUntilItsReport() throws Exception {
    Path run = Files.createDirectory(folder.resolve("run"));
    try (Browser browser = Browser.startOrSkip(folder);
        LoggingProcess watch =
            new LoggingProcess(new Launcher(folder).of("watch", "run"), ADDRESS)) {
      String address = watch.awaitReady().group(1);
      Browser.Page page = browser.open(address, 390, 900, "light");
      await(page, "The run has not done a round yet");

      write(run, SampleRuns.after(0, 2));
      await(page, "Epoch 1 of 5, round 2 of 4");
      assertTrue(page.evaluate("document.querySelector('.scroll').hidden").asBoolean());
      write(run, SampleRuns.after(2, 1));
      await(page, "Epoch 3 of 5, round 1 of 4");
      assertEquals(2, page.evaluate("document.querySelectorAll('tbody tr').length").asInt());
      assertEquals(390, page.evaluate("document.documentElement.scrollWidth").asInt());
      assertEquals(List.of(), texts(page.evaluate(PageChecks.LOW_CONTRAST)));
      assertEquals(List.of(), ReportBrowserIT.seriousIn(page));

      SampleFolders.saved(run, RUN);
      Files.writeString(run.resolve("report.html"), "<!doctype html><p id=state>its report</p>");
      Files.deleteIfExists(run.resolve("progress.json"));
      await(page, "its report");

      assertEquals(0, watch.exitCode(), watch.log());
      assertTrue(watch.log().contains("The run has ended."), watch.log());
      assertEquals(
          List.of(),
          page.requests().stream()
              .filter(asked -> !asked.startsWith(address) && !asked.startsWith("data:"))
              .toList());
    }
  }

  @Test
  void onlyThisMachineIsAnswered() throws Exception {
    Path run = Files.createDirectory(folder.resolve("run"));
    Files.writeString(folder.resolve("secret.txt"), "secret");
    write(run, SampleRuns.after(1, 1));
    try (LoggingProcess watch =
        new LoggingProcess(new Launcher(folder).of("watch", "run"), ADDRESS)) {
      String address = watch.awaitReady().group(1);

      assertEquals(200, status(address, "GET"));
      assertEquals(200, status(address + "state.json", "GET"));
      assertEquals(404, status(address + "../secret.txt", "GET"));
      assertEquals(404, status(address + "%2e%2e/secret.txt", "GET"));
      assertEquals(404, status(address + "report.html", "GET"));
      assertEquals(403, status(address, "POST"));
      assertEquals(403, withHost(address, "evil.example"));
      assertTrue(watch.isAlive());
    }
  }

  @Test
  void withoutARunItEndsWithALine() throws Exception {
    Finished none = new Launcher(folder).run("watch", "nowhere");

    assertEquals(2, none.exitCode(), none.err());
    assertEquals(1, none.err().lines().count(), none.err());
    assertFalse(none.out().contains("http"), none.out());
  }

  private static int status(String address, String method) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).statusCode();
  }

  static String body(String address) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(address)).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }

  /** As a browser asks that was sent here by another site's name. */
  private static int withHost(String address, String host) throws IOException {
    URI uri = URI.create(address);
    try (var socket = new Socket(uri.getHost(), uri.getPort())) {
      socket
          .getOutputStream()
          .write(
              "GET /state.json HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
                  .formatted(host)
                  .getBytes(StandardCharsets.UTF_8));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return Integer.parseInt(answer.split(" ", 3)[1]);
    }
  }

  private static void await(Browser.Page page, String state) throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!page.evaluate("document.getElementById('state')?.textContent ?? ''")
        .asText()
        .contains(state)) {
      assertTrue(
          System.nanoTime() < until, () -> page.evaluate("document.body.innerText").asText());
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private static void write(Path run, Progress progress) throws IOException {
    RunDirectory.take(new Configuration(), run.toString())
        .write(RunDirectory.PROGRESS, ProgressJson.write(RUN.config(), progress));
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
