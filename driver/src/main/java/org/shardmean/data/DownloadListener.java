package org.shardmean.data;

import java.net.URI;
import java.util.OptionalLong;

/** Hears of a download's progress, on the thread that downloads. */
public interface DownloadListener {
  /** Listens to nothing. */
  DownloadListener SILENT = new DownloadListener() {};

  /**
   * A server has begun to answer.
   *
   * @param bytes that it will send, if it says so
   */
  default void started(URI from, OptionalLong bytes) {}

  /**
   * Bytes have arrived.
   *
   * @param bytes since the answer began
   */
  default void received(URI from, long bytes) {}

  /** A file arrived, was checked, and is in its place. */
  default void finished(URI from) {}

  /** One attempt failed; it left nothing behind. */
  default void failed(URI from, String reason) {}
}
