package io.reliablemessage.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reliablemessage.api.ApplicationRequest;
import io.reliablemessage.client.ClientSettings;
import io.reliablemessage.client.ReliableMessageClient;
import io.reliablemessage.spring.MessageProducer;
import io.reliablemessage.spring.ReliableMessages;
import io.reliablemessage.test.InMemoryMessageService;
import io.reliablemessage.test.ReliableMessagesTest;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import javax.sql.DataSource;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.JdbcTemplate;

/** Which beans there are, and what an application is told that cannot have them. */
@ReliableMessagesTest(application = "orders", topics = "order.placed")
class ReliableMessageAutoConfigurationTest {

    private final InMemoryMessageService service;
    private final DataSource database = h2();
    private final ApplicationContextRunner anyApplication = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(PayloadAutoConfiguration.class, ReliableMessageAutoConfiguration.class));
    private final ApplicationContextRunner application;

    ReliableMessageAutoConfigurationTest(InMemoryMessageService service) {
        this.service = service;
        this.application = anyApplication.withPropertyValues(
                "reliable-message.url=" + service.url(), "reliable-message.api-key=" + service.apiKey("orders"));
    }

    @Test
    void withoutAnAddressThereIsNothing() {
        anyApplication
                .withBean(DataSource.class, () -> database)
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(ReliableMessageClient.class)
                        .doesNotHaveBean(MessageProducer.class));
    }

    @Test
    void withAnAddressThereIsEverything() {
        application
                .withBean(DataSource.class, () -> database)
                .run(context -> assertThat(context)
                        .hasSingleBean(ReliableMessageClient.class)
                        .hasSingleBean(MessageProducer.class)
                        .hasSingleBean(ReliableMessages.class)
                        .doesNotHaveBean(CheckRegistration.class));
    }

    @Test
    void theAddressMayBeABean() {
        var details = new Details(service.url(), service.apiKey("orders"));
        anyApplication
                .withBean(DataSource.class, () -> database)
                .withBean(ReliableMessageConnectionDetails.class, () -> details)
                .run(context -> assertThat(
                                context.getBean(ReliableMessageClient.class).ledger(null))
                        .isNotNull());
    }

    @Test
    void beansOfTheApplicationComeFirst() {
        var settings = ClientSettings.of(service.url(), service.apiKey("orders"));
        var client = ReliableMessageClient.create(settings);
        var producer = MessageProducer.builder(client).dataSource(database).start();
        application
                .withBean(ReliableMessageClient.class, () -> client)
                .withBean(MessageProducer.class, () -> producer)
                .run(context -> {
                    assertThat(context.getBean(ReliableMessageClient.class)).isSameAs(client);
                    assertThat(context.getBean(MessageProducer.class)).isSameAs(producer);
                    assertThat(context.getBean(ReliableMessages.class)).isSameAs(producer.messages());
                });
    }

    @Test
    void aKeyThatIsMissingIsNamed() {
        anyApplication
                .withPropertyValues("reliable-message.url=https://messages.example.com")
                .withBean(DataSource.class, () -> database)
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageStartingWith("reliable-message.api-key is not set"));
    }

    @Test
    void theDatabaseMustBeClear() {
        application.run(context -> assertThat(context.getStartupFailure())
                .rootCause()
                .hasMessageContaining("it has no DataSource. Define one"));
        var many = application
                .withBean("orders", DataSource.class, () -> database)
                .withBean("archive", DataSource.class, ReliableMessageAutoConfigurationTest::h2);
        many.run(context -> assertThat(context.getStartupFailure())
                .rootCause()
                .hasMessageContaining("several DataSources and none is primary")
                .hasMessageContaining("reliable-message.producer.data-sources")
                .hasMessageContaining("orders")
                .hasMessageContaining("archive"));
        many.withPropertyValues("reliable-message.producer.data-sources=orderz")
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining("names orderz, but no DataSource has this name"));
        many.withPropertyValues("reliable-message.producer.data-sources=archive")
                .run(context -> {
                    assertThat(tables(context.getBean("archive", DataSource.class)))
                            .isEqualTo(3);
                    assertThat(tables(database)).isZero();
                });
    }

    @Test
    void thePrimaryDatabaseIsClear() {
        application
                .withBean("orders", DataSource.class, () -> database, bean -> bean.setPrimary(true))
                .withBean("archive", DataSource.class, ReliableMessageAutoConfigurationTest::h2)
                .run(context -> assertThat(tables(database)).isEqualTo(3));
    }

    @Test
    void tablesAreCreatedWhereTheApplicationWantsThem() {
        var withDatabase = application.withBean(DataSource.class, () -> database);
        withDatabase
                .withPropertyValues("reliable-message.schema.initialize=never")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(tables(database)).isZero();
                    assertThat(context.getBean(ProducerStatus.class).details().get("unavailableStores"))
                            .asInstanceOf(InstanceOfAssertFactories.LIST)
                            .isNotEmpty();
                });
        withDatabase.run(context -> assertThat(tables(database)).isEqualTo(3));
        withDatabase
                .withPropertyValues(
                        "reliable-message.schema.initialize=always", "reliable-message.schema.table-prefix=mine_")
                .run(context -> assertThat(new JdbcTemplate(database)
                                .queryForObject("SELECT count(*) FROM mine_outbox", Integer.class))
                        .isZero());
    }

    @Test
    void theCheckUrlIsRegisteredAsSoonAsTheServiceIsThere() {
        service.fail();
        var status = new ProducerStatus();
        var request = ApplicationRequest.builder()
                .checkUrl("http://127.0.0.1:1/check")
                .checkSecret("whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")
                .build();
        var settings = ClientSettings.of(service.url(), service.apiKey("orders"));
        try (var client = ReliableMessageClient.create(settings.withRequestTimeout(Duration.ofMillis(200)))) {
            var registration = new CheckRegistration(client, request, status, Duration.ofMillis(10));
            registration.start();
            await().until(() -> checkUrl(status).startsWith("not registered: "));
            assertThat(checkUrl(status)).contains("503").doesNotContain("whsec_");

            service.recover();

            await().until(() -> checkUrl(status).equals("registered"));
            registration.stop();
            assertThat(registration.isRunning()).isFalse();
        }
    }

    private static String checkUrl(ProducerStatus status) {
        return String.valueOf(status.details().get("checkUrl"));
    }

    private static long tables(DataSource database) {
        return new JdbcTemplate(database)
                .queryForList("SELECT table_name FROM information_schema.tables WHERE lower(table_name) LIKE 'rm\\_%'")
                .size();
    }

    private static DataSource h2() {
        var database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:%s;DB_CLOSE_DELAY=-1".formatted(UUID.randomUUID()));
        return database;
    }

    private record Details(URI url, String apiKey) implements ReliableMessageConnectionDetails {}
}
