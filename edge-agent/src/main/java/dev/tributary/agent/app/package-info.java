/**
 * The agent's process: command line, configuration, and the wiring of sensor, store, session and prediction. The only
 * place that reads clock, environment and files of its own accord.
 */
package dev.tributary.agent.app;
