/**
 * The database: opening, migrating, one batching writer, readers. Everybody's SQL runs through a
 * {@link io.omnihub.core.store.Transaction}; what the tables mean is the business of the rooms that
 * own them.
 */
package io.omnihub.core.store;
