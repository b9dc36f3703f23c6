/**
 * The web chat of the hub: sessions, sockets and files of visitors, and the widget that they load
 * as {@code /chat.js}. It reads the account's transcript and media and writes events to {@code
 * hub:inbound}; what it must remember travels in signed tokens and addresses. It never decides who
 * answers, and never trusts what a browser says about itself without a signature.
 */
package io.omnihub.channel.webchat;
