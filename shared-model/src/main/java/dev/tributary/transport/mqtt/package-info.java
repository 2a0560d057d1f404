/**
 * The transport over Eclipse Paho's MQTT 5 client, the only package that imports it.
 *
 * <p>Paho is kept on a short lead, because much of what it does by itself loses messages: every connection is a new
 * Paho client, reconnecting, the outbox and the window are ours, acknowledgements are manual, reason codes are looked
 * at, and nothing of ours works on its threads. See {@code docs/decisions/0005-paho-on-a-short-lead.md}.
 */
package dev.tributary.transport.mqtt;
