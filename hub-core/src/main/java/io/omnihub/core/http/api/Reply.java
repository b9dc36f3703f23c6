package io.omnihub.core.http.api;

import io.omnihub.core.media.BlobStore;
import java.nio.file.Path;

/** What a call answers. */
public sealed interface Reply {

  /** JSON. */
  record Json(int status, Object body) implements Reply {}

  /** Nothing to say. */
  record Empty(int status) implements Reply {}

  /** No. What the work wrote about it, such as a line of the audit, stays. */
  record Refused(Problem problem) implements Reply {}

  /**
   * What the same request was answered before.
   *
   * @param json empty when there was nothing to say
   */
  record Replayed(int status, String json) implements Reply {}

  /** Bytes to be saved, never to be shown. */
  record Bytes(String mediaType, String name, byte[] content) implements Reply {}

  /** An attachment. */
  record File(BlobStore.Attachment attachment, Path path) implements Reply {}

  static Reply ok(Object body) {
    return new Json(200, body);
  }
}
