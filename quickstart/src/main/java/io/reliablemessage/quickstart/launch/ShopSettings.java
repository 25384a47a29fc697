package io.reliablemessage.quickstart.launch;

import java.util.LinkedHashMap;
import java.util.Map;

/** Settings of the sample's three services: a key and a database each, and the broker. */
record ShopSettings(ApiKeys keys, Ports ports) {

    Map<String, String> of(Postgres postgres, Broker broker) {
        var settings = new LinkedHashMap<>(broker.settings());
        settings.put("shop.service-url", ports.address("message-service").toString());
        add(settings, "orders", ApiKeys.Name.PRODUCER_KEY, postgres);
        settings.put("shop.orders.check-url", ports.checkUrl());
        settings.put("shop.orders.check-secret", keys.value(ApiKeys.Name.CHECK_SECRET));
        add(settings, "points", ApiKeys.Name.CONSUMER_KEY, postgres);
        add(settings, "stock", ApiKeys.Name.STOCK_KEY, postgres);
        return settings;
    }

    private void add(Map<String, String> settings, String service, ApiKeys.Name key, Postgres postgres) {
        var database = postgres.beside("shop_" + service);
        settings.put("shop." + service + ".api-key", keys.value(key));
        settings.put("shop." + service + ".database.url", database.url());
        settings.put("shop." + service + ".database.username", database.username());
        settings.put("shop." + service + ".database.password", database.password());
    }
}
