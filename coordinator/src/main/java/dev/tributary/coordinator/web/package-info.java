/** What can be asked of the coordinator over HTTP: federations, rounds, model versions as files. */
package dev.tributary.coordinator.web;
