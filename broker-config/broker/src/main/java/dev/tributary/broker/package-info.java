/**
 * Starts HiveMQ CE with Tributary's configuration and extension, without Docker: checks what can be checked first, lays out a HiveMQ home
 * folder, and runs the real server in this process.
 */
package dev.tributary.broker;
