/**
 * The fault suite: runs the packed distribution as a process, lets people write, and does to the
 * hub, its database, its providers and its bot what happens to them in the field. A model that
 * knows nothing of the hub's insides judges afterwards what people wrote, what the hub has and what
 * providers took. Sees only what a user, a provider and a bot see.
 */
package io.omnihub.dist.faults;
