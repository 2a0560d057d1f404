/**
 * A TCP proxy between clients and broker that reads MQTT 5 packets: it knows whose connection it carries, disturbs each as it
 * is told, and writes down every update and receipt that it forwards. What it sends is legal MQTT at any moment; where it
 * repeats a packet it does what a sender does whose acknowledgement was lost.
 */
package dev.tributary.chaos.proxy;
