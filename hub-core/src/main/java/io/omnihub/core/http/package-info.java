/**
 * Everything that listens: webhooks, browsers of channels, the API's door, events, health and
 * metrics. Ends HTTP, checks who may come in and hands on; decides nothing about messages.
 */
package io.omnihub.core.http;
