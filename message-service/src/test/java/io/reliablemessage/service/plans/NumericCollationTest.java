package io.reliablemessage.service.plans;

import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.service.Service;
import io.reliablemessage.service.admin.action.ActionStatements;
import io.reliablemessage.service.checkback.CheckbackStatements;
import io.reliablemessage.service.model.ContentReader;
import io.reliablemessage.service.model.LedgerProperties;
import io.reliablemessage.service.model.MessageId;
import io.reliablemessage.service.redelivery.ClaimStatements;
import io.reliablemessage.testing.Infrastructure;
import io.reliablemessage.testing.PostgresServer.Database;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A database whose texts are in numeric order, "9" before "10": the order of ids must not depend on it. */
@Tag("ledger")
class NumericCollationTest {

    private static final int COUNT = 60; // random ids, so that the least and the greatest differ as texts

    @Test
    void allThatIsDueIsLeasedAndClaimed() {
        try (var service = Service.start(numericDatabase(), Map.of())) {
            var route = service.newRoute();
            var ids = new ArrayList<MessageId>();
            for (var i = 0; i < COUNT; i++) {
                ids.add(MessageId.of(route.pending()));
            }
            service.jdbc()
                    .sql("UPDATE message SET check_due_at = now(), decision_due_at = now()")
                    .update();
            assertThat(service.jdbc()
                            .sql("SELECT '9' < '10'")
                            .query(Boolean.class)
                            .single())
                    .isTrue();

            var actions = new ActionStatements(service.jdbc(), service.bean(LedgerProperties.class));
            assertThat(actions.wantCheckbacks("shop")).isEqualTo(COUNT);
            assertThat(new CheckbackStatements(service.jdbc()).leaseOf("shop")).isEqualTo(COUNT);

            ids.forEach(id -> route.confirm(id.toString()).is(200));
            route.take(COUNT);
            ids.forEach(id -> route.overdue(id.toString(), 60));
            var claims = new ClaimStatements(
                    service.jdbc(), service.bean(ContentReader.class), service.bean(LedgerProperties.class));
            assertThat(claims.takeUp(route.subscription(), COUNT)).containsExactlyInAnyOrderElementsOf(ids);
        }
    }

    private static Database numericDatabase() {
        var ordinary = Infrastructure.postgres().newDatabase();
        var name = ordinary.name() + "_numeric";
        JdbcClient.create(new DriverManagerDataSource(ordinary.url(), ordinary.username(), ordinary.password()))
                .sql(
                        "CREATE DATABASE %s TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE 'und-u-kn' LOCALE 'C'"
                                .formatted(name))
                .update();
        return new Database(
                name, ordinary.url().replace(ordinary.name(), name), ordinary.username(), ordinary.password());
    }
}
