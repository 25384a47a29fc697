package io.reliablemessage.faults;

/**
 * How much is asked of the service.
 *
 * @param callers how many call at a time
 * @param perSecond messages, all callers together; 0: as many as they can
 * @param payloadBytes of each message
 */
record Load(int callers, int perSecond, int payloadBytes) {

    static Load perSecond(int messages) {
        return new Load(50, messages, 500);
    }
}
