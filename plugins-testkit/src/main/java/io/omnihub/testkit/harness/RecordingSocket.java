package io.omnihub.testkit.harness;

import io.omnihub.api.connector.BrowserSocket;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** A browser's socket that keeps what was sent to it. */
public final class RecordingSocket implements BrowserSocket {
  private final String id = UUID.randomUUID().toString();
  private final List<String> frames = new CopyOnWriteArrayList<>();
  private volatile int closeCode;

  @Override
  public String id() {
    return id;
  }

  @Override
  public boolean send(String text) {
    if (closeCode != 0) {
      return false;
    }
    frames.add(text);
    return true;
  }

  @Override
  public void close(int code, String reason) {
    closeCode = code;
  }

  /** All frames so far, oldest first. */
  public List<String> frames() {
    return List.copyOf(frames);
  }

  /** The status code with which the connector closed it, 0 while it is open. */
  public int closeCode() {
    return closeCode;
  }
}
