/**
 * Deletes what has become old, in small slices that wait in the writer's queue like any other work.
 * Knows no table: each room deletes its own rows, and says so by a {@link
 * io.omnihub.core.retention.Pruner.Prunable}.
 */
package io.omnihub.core.retention;
