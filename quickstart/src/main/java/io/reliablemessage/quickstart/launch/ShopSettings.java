package io.reliablemessage.quickstart.launch;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Settings of the sample's three services: a key and a database each, and the broker. */
record ShopSettings(ApiKeys keys, Settings settings) {

    /** The sample's user at a RabbitMQ of the user's; the service's own need not read. */
    private static final String USER = "shop.broker";

    Map<String, String> of(Postgres postgres, Broker broker) {
        var all = new LinkedHashMap<>(broker.settings());
        addUser(all);
        var ports = settings.quickstart().ports();
        all.put("shop.service-url", ports.address("message-service").toString());
        add(all, "orders", ApiKeys.Name.PRODUCER_KEY, postgres);
        all.put("shop.orders.check-url", ports.checkUrl());
        all.put("shop.orders.check-secret", keys.value(ApiKeys.Name.CHECK_SECRET));
        add(all, "points", ApiKeys.Name.CONSUMER_KEY, postgres);
        add(all, "stock", ApiKeys.Name.STOCK_KEY, postgres);
        return all;
    }

    private void addUser(Map<String, String> all) {
        var username = settings.value(USER + ".username");
        if (username != null && !Broker.isEmbedded(settings)) {
            all.put(Broker.PREFIX + ".username", username);
            all.put(Broker.PREFIX + ".password", Objects.requireNonNullElse(settings.value(USER + ".password"), ""));
        }
    }

    private void add(Map<String, String> all, String service, ApiKeys.Name key, Postgres postgres) {
        var database = postgres.beside("shop_" + service);
        all.put("shop." + service + ".api-key", keys.value(key));
        all.put("shop." + service + ".database.url", database.url());
        all.put("shop." + service + ".database.username", database.username());
        all.put("shop." + service + ".database.password", database.password());
    }
}
