/**
 * A device's part in the rounds of its federations: announced round → selected and able, or decline → train → encode →
 * publish → until the receipt. All state of a device is owned by one serial queue over an executor that many devices may
 * share; clock, transport, examples and what survives a restart come in from outside.
 */
package dev.tributary.agent.participation;
