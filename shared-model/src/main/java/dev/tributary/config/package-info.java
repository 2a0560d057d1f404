/**
 * A YAML file and the environment, read into typed values: every problem is collected, with file, line, key and reason,
 * and reported at once; a key that nobody asked for is a problem.
 */
package dev.tributary.config;
