/** What goes wrong, when, and to whom: drawn from a seed, before anything runs. */
package dev.tributary.chaos.fault;
