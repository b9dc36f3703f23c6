package io.omnihub.core.http.api;

import io.omnihub.core.media.BlobStore;
import java.nio.file.Path;

/** What a call answers. */
public sealed interface Reply {

  /** JSON. */
  record Json(int status, Object body) implements Reply {}

  /** Nothing to say. */
  record Empty(int status) implements Reply {}

  /** An attachment. */
  record File(BlobStore.Attachment attachment, Path path) implements Reply {}

  static Reply ok(Object body) {
    return new Json(200, body);
  }
}
