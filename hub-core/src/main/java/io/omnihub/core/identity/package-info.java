/**
 * Who somebody is: identities, the append-only ledger of links from identities to contacts, and
 * contacts as its projection. Links by itself only on evidence that is at least asserted; what is
 * only claimed is kept as a claim. Never touches messages.
 */
package io.omnihub.core.identity;
