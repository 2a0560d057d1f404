/** The federation's newest model applied to each new reading, swapped atomically while readings flow. */
package dev.tributary.agent.prediction;
