package io.omnihub.core.config;

import io.omnihub.api.config.Settings;

/**
 * One channel account or backend.
 *
 * @param id as the configuration names it
 * @param plugin name of its connector
 */
public record AccountConfig(String id, String plugin, Settings settings) {}
