package org.shardmean.data;

import java.net.URI;
import java.util.OptionalLong;

/** Told how a download goes, on the thread that downloads; whoever shows progress listens. */
public interface DownloadListener {
  /** Listens to nothing. */
  DownloadListener SILENT = new DownloadListener() {};

  /**
   * A server has begun to answer.
   *
   * @param bytes that it means to send, where it says so
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

  /** One attempt failed; nothing of it is kept. */
  default void failed(URI from, String reason) {}
}
