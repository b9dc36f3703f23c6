/**
 * Measures: the registry that everybody counts in, and gauges of what waits. Never holds text,
 * addresses or secrets.
 */
package io.omnihub.core.telemetry;
