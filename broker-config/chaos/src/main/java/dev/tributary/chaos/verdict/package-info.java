/**
 * What must hold whatever happened, and whether it does: from the devices' words, the proxy's and the database's, with an
 * arithmetic of its own.
 */
package dev.tributary.chaos.verdict;
