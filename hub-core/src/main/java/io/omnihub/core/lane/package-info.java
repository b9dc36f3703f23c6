/**
 * Order: work with one key runs one at a time, in order, while different keys run side by side.
 * Knows nothing of what it runs.
 */
package io.omnihub.core.lane;
