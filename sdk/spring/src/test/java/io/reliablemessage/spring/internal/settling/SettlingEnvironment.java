package io.reliablemessage.spring.internal.settling;

import com.zaxxer.hikari.HikariDataSource;
import io.reliablemessage.api.CheckbackDecision;
import io.reliablemessage.client.ClientSettings;
import io.reliablemessage.client.ReliableMessageClient;
import io.reliablemessage.client.internal.jackson3.Jackson3Codec;
import io.reliablemessage.spring.TestDatabase;
import io.reliablemessage.spring.internal.fence.Ruling;
import io.reliablemessage.spring.internal.outbox.RowRequests;
import io.reliablemessage.spring.internal.store.Store;
import io.reliablemessage.spring.internal.store.TableNames;
import io.reliablemessage.test.InMemoryMessageService;
import io.reliablemessage.test.SentMessage;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** One application: a database with the tables, a service, and what is between them. */
final class SettlingEnvironment implements AutoCloseable {

    static final String APPLICATION = "orders";

    final HikariDataSource database;
    final Store store;
    final OutboxRows rows;
    final InMemoryMessageService service = InMemoryMessageService.start();
    final RecordingListener heard = new RecordingListener();
    final ServiceAvailability availability = new ServiceAvailability();
    final RowRequests requests = new RowRequests(new Jackson3Codec());
    private final List<AutoCloseable> closed = new ArrayList<>();

    SettlingEnvironment(HikariDataSource database) throws SQLException {
        this.database = database;
        this.store = Store.open(database, TableNames.DEFAULT);
        this.rows = new OutboxRows(store);
        service.subscribe("points", OutboxRows.TOPIC, APPLICATION);
    }

    static SettlingEnvironment on(TestDatabase kind) throws SQLException {
        return new SettlingEnvironment(kind.newDatabase());
    }

    ReliableMessageClient client() {
        return service.client(APPLICATION);
    }

    /** A client of something else in the service's place. */
    ReliableMessageClient clientOf(URI url) {
        var client = ReliableMessageClient.create(ClientSettings.of(url, "key"));
        closed.add(client);
        return client;
    }

    Settler settler() {
        return settler(client());
    }

    Settler settler(ReliableMessageClient client) {
        return new Settler(client, requests, availability, new GuardedListener(heard));
    }

    CommittedRows committedRows() {
        return new CommittedRows(new KnownStores(() -> List.of(store)), settler(), availability);
    }

    EpochWatch epochWatch() {
        return new EpochWatch(client(), () -> false, heard);
    }

    Settling settling(Rulings rulings) {
        return settling(client(), rulings);
    }

    Settling settling(ReliableMessageClient client, Rulings rulings) {
        var settling = new Settling(client, requests, () -> List.of(store), rulings, Retention.DEFAULT, heard);
        closed.add(settling);
        return settling;
    }

    static Ruling nothingIsCertain(Store store, UUID id) {
        return Ruling.unknown("as tested");
    }

    static Ruling allRolledBack(Store store, UUID id) {
        return new Ruling(CheckbackDecision.ROLLED_BACK, store.id(), "as tested");
    }

    List<String> sent() {
        return service.sent().confirmed().within(Duration.ZERO).list().stream()
                .map(SentMessage::id)
                .toList();
    }

    SentMessage atService(UUID id) {
        return service.sent().within(Duration.ZERO).list().stream()
                .filter(message -> message.id().equals(id.toString()))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() throws Exception {
        for (var one : closed) {
            one.close();
        }
        service.close();
        database.close();
    }
}
