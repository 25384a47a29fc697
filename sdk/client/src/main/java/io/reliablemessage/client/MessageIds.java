package io.reliablemessage.client;

import io.reliablemessage.client.internal.IdGenerator;

/**
 * Makes ids for messages: UUIDv7, in the order they were made.
 *
 * <p>A producer that gives the id may repeat {@code prepare} and {@code send} after a failure, even after a restart.
 * Make the id when the message is made: the service accepts ids up to 7 days old.
 *
 * <p>Their time follows the service's clock as soon as it has answered any call of this process, so that a clock which is wrong
 * does not matter.
 */
public final class MessageIds {

    private MessageIds() {}

    /** The next id; safe to call from any thread. */
    public static String next() {
        return IdGenerator.PROCESS.next().toString();
    }
}
