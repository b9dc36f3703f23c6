/** Puts the rooms of the hub together and is its command line. Decides nothing about messages. */
package io.omnihub.core;
