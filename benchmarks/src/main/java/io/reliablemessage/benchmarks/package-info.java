/**
 * Measures the full cycle of a message: prepare, confirm, delivery over RabbitMQ, durable ack.
 *
 * <p>Everything runs on one machine, the generator included, so what the generator costs is taken from what is
 * measured: that is why it is lean, and why its CPU is printed beside the others'.
 */
@NullMarked
package io.reliablemessage.benchmarks;

import org.jspecify.annotations.NullMarked;
