package io.reliablemessage.service.publishing;

/** A broker under the contract test, and what may happen to it. */
public interface FaultyBroker extends AutoCloseable {

    Broker broker();

    /** Adds a consumer to a queue, which receives one message at most. */
    void consume(String queue);

    /** Refuses all sends, until further notice; or accepts them again. */
    void refuseSends(boolean refuse);

    /** Closes the channel of each send, and nothing else; or leaves them open again. */
    void closeChannels(boolean close);

    /** Runs short of memory; or has enough of it again. */
    void block(boolean block);

    /** Answers nothing, with all connections open; or answers again. */
    void freeze(boolean freeze);

    /** Is gone for all connections, which do not notice: nothing is read, nothing comes. New ones are accepted. */
    void vanish();

    /** Loses all connections, and accepts new ones at once. */
    void cutConnections();

    /** Ends, and accepts no connection any more. */
    @Override
    void close();
}
