/**
 * Facts: what happened, in order, durable before anybody is told so. Takes events in, keeps each
 * key once, hands every fact to its handler in the order of its lane until it is applied or set
 * aside. Never decides what a fact means.
 */
package io.omnihub.core.journal;
