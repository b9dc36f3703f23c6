package io.omnihub.core.http.api;

import java.util.List;
import java.util.Set;

/** A table of calls. */
public interface Resource {

  List<Operation> operations();

  /** Answers a call; runs on a virtual thread and may block. */
  interface Answerer {
    Reply answer(Call call);
  }

  /**
   * One call of the API.
   *
   * @param path behind {@code /api/v1}, with parameters written {@code :id}
   * @param roles who may call
   */
  record Operation(String method, String path, Set<Role> roles, Answerer answerer) {
    public Operation {
      roles = Set.copyOf(roles);
    }
  }
}
