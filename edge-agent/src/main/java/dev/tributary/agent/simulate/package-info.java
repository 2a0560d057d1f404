/**
 * Many devices in one process, over the same classes and the real wire, each with its own connection: their rows come
 * from a folder with one CSV per device, from a built-in plant of simulated machines, or from a toy example.
 */
package dev.tributary.agent.simulate;
