/**
 * Measures the distribution as its users meet it: a process of its own, with a bot and a provider
 * that answer at once, beside a bare program that makes the same three calls and keeps nothing. Run
 * by hand; never part of the build's tests.
 */
package io.omnihub.benchmarks;
