package io.reliablemessage.client;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;

/**
 * Makes ids for messages: UUIDv7, in the order they were made.
 *
 * <p>A producer that gives the id may repeat {@code prepare} and {@code send} after a failure; without one, a repeat
 * would be another message. Make the id when the message is made: the service accepts ids up to 7 days old.
 */
public final class MessageIds {

    private static final NoArgGenerator GENERATOR = Generators.timeBasedEpochGenerator();

    private MessageIds() {}

    /** The next id; safe to call from any thread. */
    public static String next() {
        return GENERATOR.generate().toString();
    }
}
