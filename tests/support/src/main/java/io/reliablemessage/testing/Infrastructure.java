package io.reliablemessage.testing;

import java.util.List;

/**
 * The servers that the tests of this JVM share. Each takes a database of its own from {@link #postgres()}; queues in
 * the {@link #broker()} need names of their own.
 */
public final class Infrastructure {

    private Infrastructure() {}

    public static PostgresServer postgres() {
        return SharedPostgres.SERVER;
    }

    public static Broker broker() {
        return SharedBroker.BROKER;
    }

    /** The embedded broker and, if there is one, the RabbitMQ that the tests run against. */
    public static List<Broker> allBrokers() {
        return broker().isRabbitMq() ? List.of(SharedEmbeddedBroker.BROKER, broker()) : List.of(broker());
    }

    /** Initialized by the JVM: lazily, once, and with every thread waiting for it. */
    private static final class SharedPostgres {
        static final PostgresServer SERVER = PostgresChoice.make();

        static {
            InfrastructureReport.ranAgainst(SERVER);
        }
    }

    private static final class SharedBroker {
        static final Broker BROKER = BrokerChoice.make();

        static {
            InfrastructureReport.ranAgainst(BROKER);
        }
    }

    private static final class SharedEmbeddedBroker {
        static final Broker BROKER = BrokerChoice.embedded();
    }
}
