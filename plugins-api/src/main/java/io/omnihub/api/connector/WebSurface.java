package io.omnihub.api.connector;

/**
 * Addresses that a channel serves to browsers: {@code /PREFIX.js} is the script, from the plugin's
 * own resources; {@code /PREFIX/ACCOUNT/…} goes to the route {@code hub:web/ACCOUNT}; a web socket
 * at {@code /PREFIX/ACCOUNT/socket} to {@code hub:socket/ACCOUNT}.
 *
 * @param prefix one lower-case word
 * @param script path of the script among the plugin's resources
 */
public record WebSurface(String prefix, String script) {}
