/**
 * Settings of a plugin, declared once as data: validation, {@code omnihub check}, forms and the
 * tables of the documentation all come from a {@link io.omnihub.api.config.ConfigSpec}. Reads no
 * file; the hub hands in what the file holds.
 */
package io.omnihub.api.config;
