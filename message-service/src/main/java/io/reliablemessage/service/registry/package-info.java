/**
 * Registers applications with their keys, topics and subscriptions. From YAML at start and by {@code PUT} from the
 * applications themselves, on any replica, any number of times.
 *
 * <p>A subscription is retired, never deleted: messages stored before still go to it.
 */
@NullMarked
package io.reliablemessage.service.registry;

import org.jspecify.annotations.NullMarked;
