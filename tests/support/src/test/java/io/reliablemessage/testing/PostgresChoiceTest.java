package io.reliablemessage.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PostgresChoiceTest {

    @Test
    void embedsTheOldestSupportedVersion() {
        var postgres = PostgresChoice.embedded("15");

        assertThat(postgres.description()).startsWith("PostgreSQL 15.");
        assertThat(postgres.newDatabase().url()).contains("/test_");
    }

    @Test
    void saysWhichVersionsCanBeEmbedded() {
        assertThatThrownBy(() -> PostgresChoice.embedded("9"))
                .hasMessageContaining("TEST_POSTGRES_VERSION is 9")
                .hasMessageContaining("only 15 and 18");
    }

    @Test
    void keepsTheParametersOfANamedServer() {
        var named = new JdbcPostgres("named", "jdbc:postgresql://db:5432/postgres?sslmode=require", "me", "secret");

        assertThat(named.urlOf("orders")).isEqualTo("jdbc:postgresql://db:5432/orders?sslmode=require");
    }
}
