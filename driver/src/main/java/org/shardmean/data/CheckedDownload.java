package org.shardmean.data;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;

/**
 * Downloads a file from the first server that sends it unchanged. It is written beside its place
 * under another name, checked, and then moved there in one step. A failure leaves nothing behind.
 */
final class CheckedDownload {
  private static final int CHECK_BUFFER_BYTES = 1 << 16;

  /** A fault that would come again: the same server is not asked again. */
  private static final class Refused extends IOException {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }

    Refused(String message, Throwable cause) {
      super(message, cause);
    }
  }

  private final DownloadLimits limits;
  private final DownloadListener listener;
  private final HttpClient client;

  CheckedDownload(DownloadLimits limits, DownloadListener listener) {
    this.limits = limits;
    this.listener = listener;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(limits.connect())
            .build();
  }

  /**
   * Fetches a file, plain or gzip, whose uncompressed size and digest are known.
   *
   * @param addresses where the file is, in order of preference
   * @param place where it goes; an existing file there is replaced
   * @param bytes of the file, uncompressed
   * @param sha256 of the file, uncompressed, in lower-case hexadecimal
   * @throws IOException if no server sends it; the message is one line with the reason of each
   */
  void fetch(List<URI> addresses, Path place, long bytes, String sha256) throws IOException {
    List<URI> worthAsking = new ArrayList<>(addresses);
    Map<URI, String> reasons = new LinkedHashMap<>();
    for (int attempt = 1; attempt <= limits.attempts(); attempt++) {
      for (Iterator<URI> each = worthAsking.iterator(); each.hasNext(); ) {
        URI address = each.next();
        try {
          fetchOnce(address, place, bytes, sha256);
          listener.finished(address);
          return;
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw (InterruptedIOException)
              new InterruptedIOException(address + ": interrupted").initCause(e);
        } catch (IOException e) {
          String reason = Reason.of(e);
          reasons.put(address, reason);
          listener.failed(address, reason);
          if (e instanceof Refused) {
            each.remove();
          }
        }
      }
    }
    throw new IOException(
        reasons.entrySet().stream()
            .map(e -> e.getKey() + ": " + e.getValue())
            .collect(Collectors.joining(", ")));
  }

  private void fetchOnce(URI address, Path place, long bytes, String sha256)
      throws IOException, InterruptedException {
    Path beside =
        place.resolveSibling(
            ".%s.%d.part".formatted(place.getFileName(), ProcessHandle.current().pid()));
    try {
      receive(address, beside);
      check(beside, bytes, sha256);
      Files.move(
          beside, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(beside);
    }
  }

  private void receive(URI address, Path file) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + limits.whole().toNanos();
    HttpResponse<Flow.Publisher<List<ByteBuffer>>> response = ask(address);
    ResponseBody body = new ResponseBody();
    response.body().subscribe(body);
    try (OutputStream out = Files.newOutputStream(file)) {
      requireGood(response);
      listener.started(address, response.headers().firstValueAsLong("Content-Length"));
      long received = 0;
      List<ByteBuffer> buffers = next(body, deadline);
      while (!buffers.isEmpty()) {
        for (ByteBuffer buffer : buffers) {
          received += buffer.remaining();
          requireWithinCap(received);
          byte[] piece = new byte[buffer.remaining()];
          buffer.get(piece);
          out.write(piece);
        }
        listener.received(address, received);
        buffers = next(body, deadline);
      }
    } finally {
      body.cancel();
    }
  }

  private HttpResponse<Flow.Publisher<List<ByteBuffer>>> ask(URI address)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<Flow.Publisher<List<ByteBuffer>>>> answer =
        client.sendAsync(
            HttpRequest.newBuilder(address).GET().build(), HttpResponse.BodyHandlers.ofPublisher());
    try {
      // The connect timeout runs within; the wait for the headers begins with it.
      long most = limits.connect().plus(limits.silence()).toNanos();
      return answer.get(most, TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new HttpTimeoutException(
          "no answer for " + limits.connect().plus(limits.silence()).toMillis() + " ms");
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException) {
        throw new Refused("no connection", cause);
      }
      throw new IOException("the connection was cut", cause);
    } finally {
      answer.cancel(true);
    }
  }

  private void requireGood(HttpResponse<?> response) throws IOException {
    int status = response.statusCode();
    if (status >= 500 || status == 429) {
      throw new IOException("HTTP status " + status);
    }
    if (status != 200) {
      throw new Refused("HTTP status " + status);
    }
    OptionalLong promised = response.headers().firstValueAsLong("Content-Length");
    if (promised.isPresent()) {
      requireWithinCap(promised.getAsLong());
    }
  }

  private void requireWithinCap(long bytes) throws IOException {
    if (bytes > limits.bytes()) {
      throw new Refused("more than the %d bytes allowed".formatted(limits.bytes()));
    }
  }

  private List<ByteBuffer> next(ResponseBody body, long deadline)
      throws IOException, InterruptedException {
    long left = deadline - System.nanoTime();
    long silence = limits.silence().toNanos();
    return body.next(Math.min(left, silence))
        .orElseThrow(
            () ->
                new HttpTimeoutException(
                    left < silence
                        ? "not done within " + limits.whole().toMillis() + " ms"
                        : "nothing arrived for " + limits.silence().toMillis() + " ms"));
  }

  private static void check(Path file, long bytes, String sha256) throws IOException {
    try (IdxStream stream = IdxStream.open(LocalPath.of(file), new Configuration(false))) {
      byte[] buffer = new byte[CHECK_BUFFER_BYTES];
      for (long left = bytes; left > 0; left -= buffer.length) {
        stream.readFully(buffer, 0, (int) Math.min(left, buffer.length), "of " + bytes);
      }
      stream.requireEnd();
      String found = stream.sha256();
      if (!found.equals(sha256)) {
        throw new Refused("expected SHA-256 %s, found %s".formatted(sha256, found));
      }
    } catch (DataException e) {
      throw new Refused("not the expected file (" + e.getMessage() + ")", e);
    }
  }
}
