/**
 * Attachments: kept by content in a folder, typed by content, bounded in size, and fetched from
 * outside only from addresses that are allowed. Knows no message.
 */
package io.omnihub.core.media;
