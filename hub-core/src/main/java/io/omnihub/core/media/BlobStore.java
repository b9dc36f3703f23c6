package io.omnihub.core.media;

import io.omnihub.api.connector.MediaStore;
import io.omnihub.core.store.Ids;
import io.omnihub.core.store.Store;
import io.omnihub.core.store.StoreUnavailableException;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.tika.Tika;

/**
 * Keeps attachments as files named by their SHA-256, and a row for each with name and type. Safe
 * for all threads.
 */
public final class BlobStore implements MediaStore {
  /** What the url of a kept attachment begins with. */
  public static final String URL_PREFIX = "/api/v1/attachments/";

  private static final Pattern UNSAFE =
      Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}/\\\\:*?\"<>|]");
  private final String workspace;
  private final Path folder;
  private final long maxSize;
  private final Store store;
  private final Ids ids;
  private final Clock clock;

  public BlobStore(String workspace, Path folder, long maxSize, Store store, Ids ids, Clock clock) {
    this.workspace = workspace;
    this.folder = folder;
    this.maxSize = maxSize;
    this.store = store;
    this.ids = ids;
    this.clock = clock;
  }

  /** A kept attachment. */
  public record Attachment(String id, String digest, String mediaType, String name, long size) {}

  @Override
  public Stored store(InputStream bytes, String name, String mediaType) throws IOException {
    Files.createDirectories(folder);
    Path incoming = Files.createTempFile(folder, "incoming", ".part");
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      long size = copy(bytes, incoming, sha256);
      String digest = HexFormat.of().formatHex(sha256.digest());
      String type = detect(incoming, name, mediaType);
      Path place = place(digest);
      Files.createDirectories(place.getParent());
      Files.move(incoming, place, StandardCopyOption.ATOMIC_MOVE);
      return new Stored(URL_PREFIX + insert(digest, type, safeName(name), size), type, size);
    } catch (StoreUnavailableException e) {
      throw new IOException("the store is away", e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    } finally {
      Files.deleteIfExists(incoming);
    }
  }

  private long copy(InputStream bytes, Path file, MessageDigest digest) throws IOException {
    try (FileOutputStream out = new FileOutputStream(file.toFile())) {
      DigestOutputStream digesting = new DigestOutputStream(out, digest);
      byte[] buffer = new byte[64 << 10];
      long size = 0;
      for (int n = bytes.read(buffer); n >= 0; n = bytes.read(buffer)) {
        size += n;
        if (size > maxSize) {
          throw new TooLarge(maxSize);
        }
        digesting.write(buffer, 0, n);
      }
      digesting.flush();
      out.getFD().sync();
      return size;
    }
  }

  /**
   * What the content says, or what the source says where the content tells nothing more than that
   * it is text or bytes.
   */
  private static String detect(Path file, String name, String declared) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      String detected = Detector.TIKA.detect(in, name);
      boolean vague = detected.equals("application/octet-stream") || detected.equals("text/plain");
      String bare =
          declared == null ? "" : declared.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
      boolean harmless =
          !bare.contains("html") && !bare.contains("xml") && !bare.contains("script");
      return vague && !bare.isEmpty() && harmless ? bare : detected;
    }
  }

  /** Reads its tables of types when the first attachment comes. */
  private static final class Detector {
    static final Tika TIKA = new Tika();
  }

  private String insert(String digest, String type, String name, long size) {
    String id = ids.next();
    store.write(
        tx ->
            tx.update(
                "INSERT INTO attachment (workspace, id, digest, media_type, name, size, created_at)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                workspace,
                id,
                digest,
                type,
                name,
                size,
                clock.millis()));
    return id;
  }

  @Override
  public Content open(String url) throws IOException {
    if (!url.startsWith(URL_PREFIX)) {
      throw new FileNotFoundException("not an attachment of this hub");
    }
    Attachment attachment =
        find(url.substring(URL_PREFIX.length()))
            .orElseThrow(() -> new FileNotFoundException("there is no such attachment"));
    InputStream stream = Files.newInputStream(place(attachment.digest()));
    return new Content(stream, attachment.name(), attachment.mediaType(), attachment.size());
  }

  public Optional<Attachment> find(String id) {
    return store.read(
        tx ->
            tx.first(
                row ->
                    new Attachment(
                        row.text("id"),
                        row.text("digest"),
                        row.text("media_type"),
                        row.text("name"),
                        row.number("size")),
                "SELECT * FROM attachment WHERE workspace = ? AND id = ?",
                workspace,
                id));
  }

  /** The file that holds an attachment. */
  public Path file(Attachment attachment) {
    return place(attachment.digest());
  }

  private Path place(String digest) {
    return folder.resolve(digest.substring(0, 2)).resolve(digest);
  }

  private static String safeName(String name) {
    String safe = UNSAFE.matcher(name == null ? "" : name).replaceAll("_").strip();
    return safe.length() <= 200 ? safe : safe.substring(safe.length() - 200);
  }
}
