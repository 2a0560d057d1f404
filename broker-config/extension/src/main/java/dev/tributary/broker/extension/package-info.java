/**
 * Tributary's extension of HiveMQ: who may connect, what each role may publish and read, and how many bytes it did. Roles follow from the
 * client id alone until devices prove who they are; therefore only near addresses may connect, and what no rule allows is denied.
 */
package dev.tributary.broker.extension;
