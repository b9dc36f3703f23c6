package io.omnihub.testkit.harness;

import io.omnihub.api.config.Settings;
import io.omnihub.api.connector.Account;
import io.omnihub.api.connector.AccountState;
import io.omnihub.api.connector.MediaStore;
import io.omnihub.api.connector.Transcript;
import io.omnihub.api.model.Identity;
import io.omnihub.api.model.Message;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** An account whose state, media and transcript live in memory. */
final class MemoryAccount implements Account {
  private final String id;
  private final Settings settings;
  private final Clock clock;
  private final AccountState state;
  private final MemoryMedia media = new MemoryMedia();
  private final MemoryTranscript transcript = new MemoryTranscript();

  MemoryAccount(String id, Settings settings, Clock clock, AccountState state) {
    this.id = id;
    this.settings = settings;
    this.clock = clock;
    this.state = state;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Settings settings() {
    return settings;
  }

  @Override
  public Clock clock() {
    return clock;
  }

  @Override
  public URI publicUrl() {
    return URI.create("https://hub.example.test");
  }

  @Override
  public AccountState state() {
    return state;
  }

  @Override
  public MediaStore media() {
    return media;
  }

  @Override
  public MemoryTranscript transcript() {
    return transcript;
  }

  /** State that outlives the connector, for tests of a restart. */
  static final class MemoryState implements AccountState {
    private final Map<String, String> values = new ConcurrentHashMap<>();

    @Override
    public Optional<String> get(String key) {
      return Optional.ofNullable(values.get(key));
    }

    @Override
    public void put(String key, String value) {
      values.put(key, value);
    }
  }

  /** What was said; tests add to it. */
  static final class MemoryTranscript implements Transcript {
    private final List<Entry> entries = new CopyOnWriteArrayList<>();

    void add(Message message) {
      entries.add(new Entry(entries.size() + 1L, message));
    }

    @Override
    public List<Entry> after(Identity sender, long position, int limit) {
      return entries.stream().filter(entry -> entry.position() > position).limit(limit).toList();
    }

    @Override
    public List<Entry> newest(Identity sender, int limit) {
      return List.copyOf(entries.subList(Math.max(0, entries.size() - limit), entries.size()));
    }
  }

  private static final class MemoryMedia implements MediaStore {
    private static final long LIMIT = 25L << 20;
    private static final String PREFIX = "/api/v1/attachments/";

    private final List<byte[]> contents = new ArrayList<>();
    private final List<Stored> stored = new ArrayList<>();
    private final List<String> names = new ArrayList<>();

    @Override
    public synchronized Stored store(InputStream bytes, String name, String mediaType)
        throws IOException {
      byte[] content = bytes.readNBytes((int) LIMIT + 1);
      if (content.length > LIMIT) {
        throw new TooLarge(LIMIT);
      }
      Stored entry = new Stored(PREFIX + contents.size(), mediaType, content.length);
      contents.add(content);
      stored.add(entry);
      names.add(name);
      return entry;
    }

    @Override
    public synchronized Content open(String url) throws IOException {
      if (!url.startsWith(PREFIX)) {
        throw new FileNotFoundException("no attachment " + url);
      }
      int index = Integer.parseInt(url.substring(PREFIX.length()));
      byte[] content = contents.get(index);
      return new Content(
          new ByteArrayInputStream(content),
          names.get(index),
          stored.get(index).mediaType(),
          content.length);
    }
  }
}
