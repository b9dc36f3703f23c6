/**
 * Conversations and messages as rows, and how the outside sees them; the feed of changes; the
 * audit. Keeps and shows, decides nothing.
 */
package io.omnihub.core.timeline;
