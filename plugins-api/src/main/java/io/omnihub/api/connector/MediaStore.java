package io.omnihub.api.connector;

import java.io.IOException;
import java.io.InputStream;

/** The hub's store of attachments, by content. */
public interface MediaStore {

  /**
   * Keeps what the stream holds; returns when it is durable. The stream is read to its end but not
   * closed.
   *
   * @param name file name for people, may be empty
   * @param mediaType what the source says it is; the hub finds out by content and may differ
   * @throws TooLarge when it is larger than the hub is set to keep
   */
  Stored store(InputStream bytes, String name, String mediaType) throws IOException;

  /**
   * Opens an attachment by the url of its part; the caller closes the stream.
   *
   * @throws java.io.FileNotFoundException when there is none
   */
  Content open(String url) throws IOException;

  /**
   * A kept attachment.
   *
   * @param url for {@link io.omnihub.api.model.Part.Media#url()}
   */
  record Stored(String url, String mediaType, long size) {}

  /**
   * An opened attachment, or what a {@code hub:media} route answers with.
   *
   * @param name may be empty
   * @param mediaType may be empty
   * @param size in bytes, 0 when unknown
   */
  record Content(InputStream stream, String name, String mediaType, long size)
      implements AutoCloseable {
    @Override
    public void close() throws IOException {
      stream.close();
    }
  }

  /** More bytes than the hub is set to keep. */
  final class TooLarge extends IOException {
    public TooLarge(long limit) {
      super("larger than the " + limit + " bytes that the hub is set to keep");
    }
  }
}
