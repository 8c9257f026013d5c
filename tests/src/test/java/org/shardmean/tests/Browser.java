package org.shardmean.tests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** A headless Chromium of its own, spoken to by the Chrome DevTools Protocol. */
final class Browser implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 120;
  private static final String LISTENING = "DevTools listening on ";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A key by its name and its code, as browsers have them. */
  enum Key {
    TAB("Tab", 9),
    ENTER("Enter", 13),
    RIGHT("ArrowRight", 39),
    DOWN("ArrowDown", 40),
    SPACE(" ", 32),
    DELETE("Delete", 46);

    private final String name;
    private final int code;

    Key(String name, int code) {
      this.name = name;
      this.code = code;
    }
  }

  private final Process process;
  private final List<String> log = new CopyOnWriteArrayList<>();
  private final AtomicInteger lastId = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
  private final List<Page> pages = new CopyOnWriteArrayList<>();
  private final WebSocket socket;

  private Browser(Process process) throws IOException {
    this.process = process;
    CompletableFuture<String> address = new CompletableFuture<>();
    Thread reader = new Thread(() -> readLog(address), "chromium's log");
    reader.setDaemon(true);
    reader.start();
    socket =
        await(
            HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create(await(address)), new Messages()));
  }

  /**
   * Starts the browser that is installed, with a new profile in {@code folder}; skips without one.
   */
  static Browser startOrSkip(Path folder) throws IOException {
    Path chromium = Installed.orSkip("chromium", "chromium-browser", "google-chrome");
    return start(chromium, Files.createDirectory(folder.resolve("profile")));
  }

  private static Browser start(Path chromium, Path profile) throws IOException {
    List<String> command =
        List.of(
            chromium.toString(),
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--hide-scrollbars",
            "--enable-logging=stderr",
            "--remote-debugging-port=0",
            "--user-data-dir=" + profile,
            "about:blank");
    return new Browser(
        new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start());
  }

  /**
   * Opens a page and waits until it is loaded.
   *
   * @param width of the window, in CSS pixels
   * @param scheme what the reader prefers: {@code light} or {@code dark}
   */
  Page open(Path file, int width, int height, String scheme) {
    return open(file.toUri().toString(), width, height, scheme);
  }

  /** As {@link #open(Path, int, int, String)}, by an address, which may have a fragment. */
  Page open(String address, int width, int height, String scheme) {
    String target =
        call("", "Target.createTarget", Map.of("url", "about:blank")).get("targetId").asText();
    String session =
        call("", "Target.attachToTarget", Map.of("targetId", target, "flatten", true))
            .get("sessionId")
            .asText();
    Page page = new Page(target, session);
    pages.add(page);
    page.load(address, width, height, scheme);
    return page;
  }

  /** Closes every page that is open. */
  void closePages() {
    for (Page page : pages) {
      call("", "Target.closeTarget", Map.of("targetId", page.target));
    }
    pages.clear();
  }

  @Override
  public void close() {
    socket.abort();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    process.onExit().join();
  }

  /** A page in a tab of its own, with everything that it complained of or asked for. */
  final class Page {
    private final String target;
    private final String session;
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> loaded = new CompletableFuture<>();

    private Page(String target, String session) {
      this.target = target;
      this.session = session;
    }

    /** Errors, exceptions and violations of the page's policy. */
    List<String> complaints() {
      return List.copyOf(complaints);
    }

    /** Every address that the page asked for, its own first. */
    List<String> requests() {
      return List.copyOf(requests);
    }

    /** The value of a JavaScript expression, run as DevTools does, outside the page's policy. */
    JsonNode evaluate(String expression) {
      JsonNode answer =
          call(
              session,
              "Runtime.evaluate",
              Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
      if (answer.has("exceptionDetails")) {
        throw new IllegalStateException(answer.get("exceptionDetails").toString());
      }
      return answer.get("result").path("value");
    }

    /** Presses a key and lets it go. */
    void press(Key key) {
      for (String type : List.of("keyDown", "keyUp")) {
        call(
            session,
            "Input.dispatchKeyEvent",
            Map.of(
                "type",
                type,
                "key",
                key.name,
                "code",
                key.name,
                "windowsVirtualKeyCode",
                key.code));
      }
    }

    /** Presses the mouse at the first point, moves it through all others and lets it go. */
    void drag(List<double[]> points) {
      mouse("mousePressed", points.get(0));
      points.forEach(point -> mouse("mouseMoved", point));
      mouse("mouseReleased", points.get(points.size() - 1));
    }

    private void mouse(String type, double[] at) {
      Map<String, Object> event =
          Map.of("type", type, "x", at[0], "y", at[1], "button", "left", "clickCount", 1);
      call(session, "Input.dispatchMouseEvent", event);
    }

    /** Puts a finger down at the first point, moves it through all others and lifts it. */
    void swipe(List<double[]> points) {
      touch("touchStart", points.subList(0, 1));
      points.forEach(point -> touch("touchMove", List.of(point)));
      touch("touchEnd", List.of());
    }

    private void touch(String type, List<double[]> at) {
      List<Map<String, Double>> fingers =
          at.stream().map(point -> Map.of("x", point[0], "y", point[1])).toList();
      call(session, "Input.dispatchTouchEvent", Map.of("type", type, "touchPoints", fingers));
    }

    /** The whole page as PNG. */
    byte[] screenshot() {
      JsonNode data =
          call(
              session,
              "Page.captureScreenshot",
              Map.of("format", "png", "captureBeyondViewport", true));
      return decoded(data);
    }

    /** A part of the page as PNG, over its whole width. */
    byte[] screenshot(int width, int top, int height) {
      Map<String, Object> clip =
          Map.of("x", 0, "y", top, "width", width, "height", height, "scale", 1);
      return decoded(
          call(
              session,
              "Page.captureScreenshot",
              Map.of("format", "png", "captureBeyondViewport", true, "clip", clip)));
    }

    /** From now on the page is shown as in print. */
    void print() {
      call(session, "Emulation.setEmulatedMedia", Map.of("media", "print"));
    }

    /** From now on the reader prefers pages that do not move. */
    void reduceMotion() {
      Map<String, String> feature = Map.of("name", "prefers-reduced-motion", "value", "reduce");
      call(session, "Emulation.setEmulatedMedia", Map.of("features", List.of(feature)));
    }

    private void load(String address, int width, int height, String scheme) {
      for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
        call(session, domain + ".enable", Map.of());
      }
      call(
          session,
          "Emulation.setDeviceMetricsOverride",
          Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
      call(
          session,
          "Emulation.setEmulatedMedia",
          Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
      call(session, "Page.navigate", Map.of("url", address));
      await(loaded);
    }

    private void hear(JsonNode event) {
      if (!event.path("sessionId").asText().equals(session)) {
        return;
      }
      JsonNode about = event.path("params");
      switch (event.path("method").asText()) {
        case "Page.loadEventFired" -> loaded.complete(null);
        case "Log.entryAdded" -> complaints.add(about.get("entry").toString());
        case "Runtime.exceptionThrown", "Runtime.consoleAPICalled" ->
            complaints.add(about.toString());
        case "Network.requestWillBeSent" -> requests.add(about.at("/request/url").asText());
        default -> {}
      }
    }

    private byte[] decoded(JsonNode answer) {
      return Base64.getDecoder().decode(answer.get("data").asText());
    }
  }

  private JsonNode call(String session, String method, Map<String, Object> parameters) {
    int id = lastId.incrementAndGet();
    ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
    message.set("params", JSON.valueToTree(parameters));
    if (!session.isEmpty()) {
      message.put("sessionId", session);
    }
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    answers.put(id, answer);
    await(socket.sendText(message.toString(), true));
    JsonNode received = await(answer);
    if (received.has("error")) {
      throw new IllegalStateException(method + ": " + received.get("error"));
    }
    return received.get("result");
  }

  private void readLog(CompletableFuture<String> address) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        log.add(line);
        if (line.startsWith(LISTENING)) {
          address.complete(line.substring(LISTENING.length()).trim());
        }
      }
      address.completeExceptionally(
          new IOException("Chromium ended before it listened:\n" + String.join("\n", log)));
    } catch (IOException e) {
      address.completeExceptionally(e);
    }
  }

  private static <T> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for Chromium", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("Chromium did not answer", e);
    }
  }

  /** Puts messages together from their parts, and hands them out. */
  private final class Messages implements WebSocket.Listener {
    private final StringBuilder message = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean isLast) {
      message.append(part);
      if (isLast) {
        handOut(message.toString());
        message.setLength(0);
      }
      from.request(1);
      return null;
    }

    private void handOut(String text) {
      try {
        JsonNode node = JSON.readTree(text);
        if (node.has("id")) {
          answers.remove(node.get("id").asInt()).complete(node);
        } else {
          pages.forEach(page -> page.hear(node));
        }
      } catch (IOException e) {
        throw new IllegalStateException("Chromium sent what is not JSON: " + text, e);
      }
    }
  }
}
