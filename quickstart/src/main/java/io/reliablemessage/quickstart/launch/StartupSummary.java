package io.reliablemessage.quickstart.launch;

/** Prints the addresses and commands to try, once everything runs. */
record StartupSummary(Settings settings, DataDirectory data, ApiKeys keys) {

    void print(Terminal terminal) {
        var ports = settings.quickstart().ports();
        terminal.print(
                """

                Where to look
                  message service   %s  (API: %1$s/swagger-ui.html)
                  console           %s  (%s; password %s)
                  sample shop       %s
                  health            %s/actuator/health  %s/actuator/health  %1$s/actuator/health
                  broker            %s
                  keys              %s (yours: MY_APP_KEY, BROKER_URL)

                Place an order and follow it
                  curl -s %5$s/orders -H 'Content-Type: application/json' \\
                    -d '{"number":"A-1","customer":"ann","amount":100,"points":10}'
                  curl -s %5$s/orders/A-1 ; curl -s %5$s/points/ann ; curl -s %5$s/stock/A-1

                Cause the failures of the scenarios by hand
                  the shop dies after its commit        the same order, to '%5$s/orders?dies=true'
                  points is down, and up again          curl -X PUT    %5$s/points/outage
                                                        curl -X DELETE %5$s/points/outage
                  stock fails on order A-2, is fixed    curl -X PUT    %5$s/stock/defects/A-2
                                                        curl -X DELETE %5$s/stock/defects/A-2

                Ctrl-C stops everything; the data are kept.\
                """,
                ports.address("message-service"),
                ports.address("message-admin-ui"),
                String.join(", ", ConsoleSettings.USERS),
                keys.value(ApiKeys.Name.CONSOLE_PASSWORD),
                ports.address("shop"),
                ports.address("status-checker"),
                ports.address("recovery-job"),
                Broker.url(settings, ""),
                data.keys());
    }
}
