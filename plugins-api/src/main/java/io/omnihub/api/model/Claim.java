package io.omnihub.api.model;

/** A further identity that a sender is said to have, and how well that is known. */
public record Claim(Identity identity, ProofLevel proof) {}
