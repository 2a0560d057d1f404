/**
 * What a run leaves behind, read by others than those who wrote it: the devices' journals, the proxy's capture, and the
 * coordinator's database, which is known here by its tables alone.
 */
package dev.tributary.chaos.evidence;
