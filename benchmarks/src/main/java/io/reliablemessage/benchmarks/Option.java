package io.reliablemessage.benchmarks;

import java.util.Locale;

/** The options of the command line, as {@code --name=value}. */
enum Option {
    SCENARIO(
            "all",
            "all",
            "single, arrays, client, group-commit-off, latency, console, several of them with commas, or all but console"),
    WARM_UP("150", "3", "seconds of load before the first window; less than 25 measures the JIT compiler"),
    WINDOWS("3", "1", "how many windows are measured; the result is their median"),
    WINDOW("6", "2", "seconds a window lasts"),
    PAYLOAD("500", "500", "bytes of a message's payload"),
    QUEUE_TYPE("quorum", "quorum", "quorum or classic"),
    OUTSTANDING("2000", "2000", "messages that may be begun and not yet acknowledged; beyond, the generator waits"),
    CONNECTIONS("64", "64", "connections that prepare and confirm (single, group-commit-off, latency)"),
    ACK_CONNECTIONS(
            "32", "32", "connections that acknowledge (the same); a message needs half as many acks as other calls"),
    ARRAY("100", "100", "items in an array (arrays)"),
    ARRAY_CONNECTIONS("4", "4", "connections that prepare and confirm arrays"),
    ARRAY_ACK_CONNECTIONS("2", "2", "connections that acknowledge arrays"),
    CALLERS("64", "64", "threads that prepare and confirm through reliable-message-client (client)"),
    RATE("300", "300", "messages per second (latency)"),
    MESSAGES("10000000", "20000", "messages that the ledger is filled with (console)"),
    WAL_FILES(
            "250",
            "5",
            "files of WAL, 16 MB each, made before and then recycled, as in a server that has run for a while"),
    ANALYZE("true", "true", "ANALYZE the ledger during the warm-up, which autovacuum does within a minute otherwise"),
    AGAINST(
            "",
            "",
            "settings (name=value, with commas between) of a second service, which is measured in turn with the first;"
                    + " service-jar is another version of it"),
    SERVICE_HEAP("1g", "1g", "heap of message-service"),
    SERVICE_JVM("-XX:+UseParallelGC", "-XX:+UseParallelGC", "further options of its JVM, separated by spaces"),
    SERVICE_JAR("", "", "its runnable jar; default: the one that was built beside this");

    final String usual;
    final String quick;
    final String explanation;

    Option(String usual, String quick, String explanation) {
        this.usual = usual;
        this.quick = quick;
        this.explanation = explanation;
    }

    String flag() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
