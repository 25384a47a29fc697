package io.reliablemessage.testing;

/** A running AMQP 0-9-1 broker. */
public interface Broker {

    String host();

    int port();

    String username();

    String password();

    String virtualHost();

    /** Such as {@code RabbitMQ 3.10.8 (local)}. */
    String description();

    /** False for the embedded broker, which proves less: RabbitMQ returns and acks where that one nacks. */
    boolean isRabbitMq();
}
