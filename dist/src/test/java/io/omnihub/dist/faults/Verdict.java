package io.omnihub.dist.faults;

import io.omnihub.dist.faults.Finding.Group;
import java.util.List;

/**
 * What the model thinks of a history.
 *
 * @param accepted messages that the hub said yes to
 * @param answered messages whose answer the person has
 * @param uncertain messages whose answer is listed as uncertain or failed
 */
record Verdict(List<Finding> findings, int accepted, int answered, int uncertain) {
  Verdict {
    findings = List.copyOf(findings);
  }

  /** Whether every promise was kept. */
  boolean clean() {
    return findings.isEmpty();
  }

  long count(Group group) {
    return findings.stream().filter(finding -> finding.kind().group() == group).count();
  }
}
