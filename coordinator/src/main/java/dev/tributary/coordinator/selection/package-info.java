/** Who is selected for a round: a nonce and a share, from which every device and the coordinator compute the same answer. */
package dev.tributary.coordinator.selection;
