package io.reliablemessage.faults.load;

/**
 * The load on the service.
 *
 * @param callers how many call at a time
 * @param perSecond messages, all callers together; 0: as many as they can
 * @param payloadBytes of each message
 */
public record Load(int callers, int perSecond, int payloadBytes) {

    public static Load perSecond(int messages) {
        return new Load(50, messages, 500);
    }
}
