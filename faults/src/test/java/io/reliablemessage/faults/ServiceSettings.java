package io.reliablemessage.faults;

import io.reliablemessage.testing.Broker;
import io.reliablemessage.testing.PostgresServer.Database;
import java.util.LinkedHashMap;
import java.util.Map;

/** What any message-service needs to be told. */
final class ServiceSettings {

    private ServiceSettings() {}

    static Map<String, Object> of(Database database, Broker broker, String queuePrefix) {
        var all = new LinkedHashMap<String, Object>();
        all.put("spring.datasource.url", database.url());
        all.put("spring.datasource.username", database.username());
        all.put("spring.datasource.password", database.password());
        all.put("spring.datasource.hikari.maximum-pool-size", 8);
        all.put("reliable-message.database.patience", "20s"); // a build machine may be slower than callers are patient
        all.put("spring.rabbitmq.host", broker.host());
        all.put("spring.rabbitmq.port", broker.port());
        all.put("spring.rabbitmq.username", broker.username());
        all.put("spring.rabbitmq.password", broker.password());
        all.put("spring.rabbitmq.virtual-host", broker.virtualHost());
        all.put("reliable-message.publishing.queue-prefix", queuePrefix);
        all.put("logging.level.io.reliablemessage", "info");
        all.putAll(Party.settings());
        return all;
    }
}
