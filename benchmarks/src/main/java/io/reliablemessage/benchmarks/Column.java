package io.reliablemessage.benchmarks;

/** The measured values of a window. */
enum Column {
    RATE("msg/s", "%,.0f"),
    CALLS_P50("calls p50 ms", "%.1f"),
    CALLS_P99("p99", "%.1f"),
    RECEIVED_P50("received p50 ms", "%.1f"),
    RECEIVED_P99("p99", "%.1f"),
    ACKED_P50("acked p50 ms", "%.1f"),
    ACKED_P99("p99", "%.1f"),
    GENERATOR("CPU µs/msg: generator", "%.0f"),
    SERVICE("service", "%.0f"),
    POSTGRES("PostgreSQL", "%.0f"),
    RABBITMQ("RabbitMQ", "%.0f"),
    ALL("all", "%.0f"),
    OTHERS("others' cores", "%.2f"),
    ERRORS("errors", "%.0f");

    final String title;
    private final String format;

    Column(String title, String format) {
        this.title = title;
        this.format = format;
    }

    String show(double value) {
        return Double.isFinite(value) ? format.formatted(value) : "-";
    }
}
