/**
 * The configuration file: reading, substituting, checking, with the line of every problem. Starts
 * nothing, and knows a plugin only by the settings that it declares.
 */
package io.omnihub.core.config;
