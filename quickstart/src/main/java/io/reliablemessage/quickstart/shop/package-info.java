/**
 * The sample to copy from: three small services that use Reliable Message by its REST API and AMQP, by hand.
 *
 * <p>{@code orders} produces, {@code points} and {@code stock} consume. They share a process and nothing else: each
 * has its own database and its own API key, and knows the others only by the topic {@code order.placed}.
 */
@NullMarked
package io.reliablemessage.quickstart.shop;

import org.jspecify.annotations.NullMarked;
