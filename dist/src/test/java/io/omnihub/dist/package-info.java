/**
 * Tests of the packed distribution, run as its own process: commands, crashes, signals. They see
 * only what users see.
 */
package io.omnihub.dist;
