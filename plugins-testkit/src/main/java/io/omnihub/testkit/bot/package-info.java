/**
 * A bot behind the hub's bot protocol as one should be built: checks the signature, answers at once
 * and answers a repeated turn as it did before. It remembers in memory and calls nobody.
 */
package io.omnihub.testkit.bot;
